package io.heapster.model.store;

/**
 * When a row was measured.
 *
 * @param tickMillis the row's tick, ms since 1970
 * @param measuredMillis when its values were measured as the source said, ms since 1970; the tick when it did not say
 * @param windowMillis time between the measuring of the row before and of this one, over which its rates hold; 0 when
 *     there is no row before
 */
public record Measurement(long tickMillis, long measuredMillis, long windowMillis) {}
