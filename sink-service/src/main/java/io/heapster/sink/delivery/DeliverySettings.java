package io.heapster.sink.delivery;

import java.time.Duration;

/**
 * How patient and how large a delivery is.
 *
 * @param bufferBytes how much may be taken from Kafka and wait for the backend, in bytes as Kafka holds them
 * @param firstBackoff pause after the first failure
 * @param longestBackoff pause after many
 */
public record DeliverySettings(long bufferBytes, Duration firstBackoff, Duration longestBackoff) {}
