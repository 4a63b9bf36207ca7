package io.heapster.model.store;

/**
 * The buckets of the model resolution: of each all rows that are finer become one row.
 *
 * @param millis their length; 0 when rows are never merged
 */
record Buckets(long millis) {
    /** Whether rows of this resolution are merged. */
    boolean merge(long resolutionMillis) {
        return resolutionMillis > 0 && resolutionMillis < millis;
    }

    /** The tick at which the bucket of this tick begins. */
    long start(long tick) {
        return millis == 0 ? tick : tick - Math.floorMod(tick, millis);
    }
}
