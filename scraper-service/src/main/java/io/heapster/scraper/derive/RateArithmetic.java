package io.heapster.scraper.derive;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a counter's growth over a time amounts to. Exact, whatever the size of the figures. */
final class RateArithmetic {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
    private static final long MILLIS_PER_SECOND = 1_000;
    /** Above, a whole number is no longer exact as a double. */
    private static final long EXACT = 1L << 53;

    private RateArithmetic() {}

    /**
     * Processor use in millicores, cut off.
     *
     * @param nanos processor time used; not negative
     * @param millis the time it was used in; positive
     */
    static long millicores(long nanos, long millis) {
        // 1000 × nanos ÷ (millis × 1,000,000), reduced so that no product overflows.
        return nanos / 1_000 / millis;
    }

    /**
     * Growth a second, rounded half to even.
     *
     * @param growth not negative
     * @param millis positive
     * @param decimals places that are kept, at most 6
     */
    static double perSecond(long growth, long millis, int decimals) {
        long factor = MILLIS_PER_SECOND * POWERS[decimals];
        if (growth <= Long.MAX_VALUE / factor) {
            long scaled = growth * factor;
            long units = scaled / millis;
            long twiceRest = 2 * (scaled - units * millis);
            if (twiceRest > millis || (twiceRest == millis && (units & 1) == 1)) {
                units++;
            }
            if (units < EXACT) {
                return (double) units / POWERS[decimals];
            }
        }
        return BigDecimal.valueOf(growth)
                .multiply(BigDecimal.valueOf(MILLIS_PER_SECOND))
                .divide(BigDecimal.valueOf(millis), decimals, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
