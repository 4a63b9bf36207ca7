package io.heapster.model.store;

/**
 * What a value is expected to be; a row keeps only what differs. A wrong expectation costs bytes, never truth.
 */
enum Prediction {
    /** As in the row before. */
    SAME,
    /** As in the row before; differences are mostly whole pages of memory or blocks of a disk. */
    PAGES,
    /** Goes on by its last step. */
    STEP,
    /** Grows by the time between two measurements. */
    ELAPSED,
    /** Growth of its counter over the time between two measurements, as scrapers calculate it. */
    RATE;

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    /** Processor use in millicores, cut off; 0 when there is no rate. */
    static long millicores(long nanos, long millis) {
        return nanos <= 0 || millis <= 0 ? 0 : nanos / 1_000 / millis;
    }

    /** Growth a second in units of the last decimal place, rounded half to even; 0 when there is no rate. */
    static long unitsPerSecond(long growth, long millis, int decimals) {
        if (growth <= 0 || millis <= 0 || decimals >= POWERS.length) {
            return 0;
        }
        long factor = 1_000 * POWERS[decimals];
        if (growth > Long.MAX_VALUE / factor) {
            return 0;
        }
        long scaled = growth * factor;
        long units = scaled / millis;
        long twiceRest = 2 * (scaled - units * millis);
        return twiceRest > millis || (twiceRest == millis && (units & 1) == 1) ? units + 1 : units;
    }
}
