package io.heapster.model.resourcemetrics.json;

/** Amounts as Kubernetes writes them: a number and the largest suffix that loses nothing. */
public final class Quantity {
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final int MILLI = 2;
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

    private Quantity() {}

    /** Cores, given in nanocores: {@code 37226776n}, {@code 15m}, {@code 2}. */
    public static String ofNanocores(long nanocores) {
        return suffixed(nanocores, 1000, DECIMAL, 0);
    }

    /** Cores, given in millicores: {@code 15m}, {@code 2}. */
    public static String ofMillicores(long millicores) {
        return suffixed(millicores, 1000, DECIMAL, MILLI);
    }

    /** Bytes: {@code 732Ki}, {@code 1Mi}, {@code 1000000}. */
    public static String ofBytes(long bytes) {
        return suffixed(bytes, 1024, BINARY, 0);
    }

    private static String suffixed(long amount, int base, String[] suffixes, int first) {
        if (amount == 0) {
            return "0";
        }
        long left = amount;
        int suffix = first;
        while (left % base == 0) {
            left /= base;
            suffix++;
        }
        return left + suffixes[suffix];
    }
}
