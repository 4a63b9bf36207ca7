package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;

/** Amounts of one unit as Kubernetes writes them: a number and the largest suffix that loses nothing. */
final class Quantity {
    /** Cores, given in nanocores: {@code 37226776n}, {@code 15m}, {@code 2}. */
    static final Quantity NANOCORES = new Quantity(1000, "n", "u", "m", "", "k", "M", "G");
    /** Cores, given in millicores: {@code 15m}, {@code 2}. */
    static final Quantity MILLICORES = new Quantity(1000, "m", "", "k", "M", "G", "T", "P");
    /** Bytes: {@code 732Ki}, {@code 1Mi}, {@code 1000000}. */
    static final Quantity BYTES = new Quantity(1024, "", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private final int base;
    private final String[] suffixes;

    /** @param suffixes as far as a {@code long} reaches */
    private Quantity(int base, String... suffixes) {
        this.base = base;
        this.suffixes = suffixes;
    }

    void write(long amount, JsonWriter json) {
        if (amount == 0) {
            json.value(0, "");
            return;
        }
        long left = amount;
        int suffix = 0;
        while (left % base == 0) {
            left /= base;
            suffix++;
        }
        json.value(left, suffixes[suffix]);
    }
}
