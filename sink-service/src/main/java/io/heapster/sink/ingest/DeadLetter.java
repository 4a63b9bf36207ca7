package io.heapster.sink.ingest;

/**
 * What one sink will never get rid of, and why.
 *
 * @param sink name of the sink
 * @param reason one line
 * @param origin the record it was part of
 * @param points how many points it holds; 0 when it cannot be read
 * @param value a record as on the origin's topic with only the refused points, or the unreadable bytes themselves
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to Kafka, never compared
public record DeadLetter(String sink, String reason, Origin origin, int points, byte[] value) {}
