package io.heapster.scraper.publish;

/**
 * @param queueRecords how many records wait for Kafka at most
 * @param queueBytes how many bytes of records wait for Kafka at most
 * @param recordBytes how large one record may be; below the broker's {@code message.max.bytes}
 */
public record PublishLimits(int queueRecords, long queueBytes, int recordBytes) {

    public PublishLimits {
        if (queueRecords < 1 || queueBytes < 1 || recordBytes < 1_024) {
            throw new IllegalArgumentException("heapster.scraper.publish: queue-records " + queueRecords
                    + ", queue-bytes " + queueBytes + ", max-record-bytes " + recordBytes
                    + " are not accepted, give at least 1, 1 and 1024");
        }
    }
}
