package io.heapster.sink.delivery;

import java.time.Duration;

/**
 * How patient and how large a delivery is.
 *
 * @param bufferBytes how much may be taken from Kafka and wait for the backend, in bytes as Kafka holds them
 * @param firstBackoff pause after the first failure
 * @param longestBackoff pause after many
 * @param openValues how many values a coarser resolution may keep open
 */
public record DeliverySettings(long bufferBytes, Duration firstBackoff, Duration longestBackoff, long openValues) {
    public static final long OPEN_VALUES = 5_000_000;

    public DeliverySettings(long bufferBytes, Duration firstBackoff, Duration longestBackoff) {
        this(bufferBytes, firstBackoff, longestBackoff, OPEN_VALUES);
    }
}
