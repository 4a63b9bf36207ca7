package io.heapster.sink.ingest;

/**
 * Where a record lies in Kafka.
 *
 * @param key of the record; empty when it has none
 */
@SuppressWarnings("ArrayRecordComponent") // the key is carried on, never compared
public record Origin(String topic, int partition, long offset, byte[] key) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
