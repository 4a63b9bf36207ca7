package io.heapster.model.resourcemetrics;

/**
 * What was used, and when.
 *
 * @param nanocores processor use over the window, in 10⁻⁹ cores
 * @param bytes memory's working set at its end
 * @param measuredMillis the end of the window, ms since 1970
 * @param windowMillis length of the window
 */
record Usage(long nanocores, long bytes, long measuredMillis, long windowMillis) {
    private static final long NANOCORES_A_MILLICORE = 1_000_000;

    /** Processor use in 10⁻³ cores, cut off, as {@code cpu/usage_rate} has it. */
    long millicores() {
        return nanocores / NANOCORES_A_MILLICORE;
    }

    /** Both together, with the time of that which was measured earlier. */
    Usage plus(Usage other) {
        Usage earlier = other.measuredMillis < measuredMillis ? other : this;
        return new Usage(
                nanocores + other.nanocores, bytes + other.bytes, earlier.measuredMillis, earlier.windowMillis);
    }
}
