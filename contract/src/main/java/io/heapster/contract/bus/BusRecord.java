package io.heapster.contract.bus;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a partition. The arrays are not copied: nobody may write to them.
 *
 * @param key empty when the record has none
 * @param value empty when the record has none
 * @param timestampMillis what the producer stamped it with, ms since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // carries bytes from the bus to a decoder and is never compared
public record BusRecord(byte[] key, byte[] value, long timestampMillis, long offset) {

    private static final byte[] NONE = {};

    static BusRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new BusRecord(orNone(record.key()), orNone(record.value()), record.timestamp(), record.offset());
    }

    private static byte[] orNone(byte @Nullable [] bytes) {
        return bytes == null ? NONE : bytes;
    }
}
