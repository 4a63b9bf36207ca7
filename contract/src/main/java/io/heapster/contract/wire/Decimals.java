package io.heapster.contract.wire;

/** Doubles as whole numbers of their last decimal place, where that loses nothing. */
public final class Decimals {
    /** What {@link #units} says of a double that needs more places. */
    public static final long INEXACT = Long.MIN_VALUE;

    private static final double[] SCALE = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    private static final double LARGEST_EXACT = 1L << 53;

    private Decimals() {}

    /**
     * @param decimals 0 to 9
     * @return the value in units of 10<sup>−decimals</sup>; {@link #INEXACT} if {@link #value} would not give the same
     *     bits back
     */
    public static long units(double value, int decimals) {
        if (Double.doubleToRawLongBits(value) == 0) {
            return 0;
        }
        double scaled = value * SCALE[decimals];
        if (!(Math.abs(scaled) < LARGEST_EXACT)) {
            return INEXACT;
        }
        long units = Math.round(scaled);
        return Double.doubleToRawLongBits(value(units, decimals)) == Double.doubleToRawLongBits(value)
                ? units
                : INEXACT;
    }

    /**
     * @param units as {@link #units} gives them, exact ones only
     * @param decimals 0 to 9
     */
    public static double value(long units, int decimals) {
        return units / SCALE[decimals];
    }
}
