package io.heapster.sink.ingest;

/**
 * A record as it came from Kafka, not yet decoded.
 *
 * @param timestampMillis when it was produced
 */
@SuppressWarnings("ArrayRecordComponent") // carries bytes to a decoder, never compared
public record Received(Origin origin, byte[] value, long timestampMillis) {}
