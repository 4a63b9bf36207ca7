package io.heapster.sink.ingest;

/**
 * A letter as it lies on the topic.
 *
 * @param keptMillis when it was put there
 */
public record KeptLetter(DeadLetter letter, long keptMillis) {}
