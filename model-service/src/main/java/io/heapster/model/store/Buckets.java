package io.heapster.model.store;

/**
 * The buckets of the model resolution: of each all rows that are finer become one row, once the entity has a row of the
 * second bucket after it. Until then whoever comes late is still counted in, in the row as in the sums made of it.
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

    /** Rows from this tick on stay as they came while the newest one is of the given tick: its bucket and the one before. */
    long openFrom(long newestTick) {
        return start(newestTick) - millis;
    }
}
