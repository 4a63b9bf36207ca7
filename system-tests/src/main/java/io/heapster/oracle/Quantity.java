package io.heapster.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Amounts as Kubernetes writes them: {@code 250m}, {@code 96Mi}, {@code 1.5G}, {@code 12e3}. */
final class Quantity {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("0.000000001")),
            Map.entry("u", new BigDecimal("0.000001")),
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("k", BigDecimal.valueOf(1_000L)),
            Map.entry("M", BigDecimal.valueOf(1_000_000L)),
            Map.entry("G", BigDecimal.valueOf(1_000_000_000L)),
            Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
            Map.entry("P", BigDecimal.valueOf(1_000_000_000_000_000L)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

    private Quantity() {}

    static BigDecimal parse(String text) {
        for (int length = 2; length >= 1; length--) {
            if (text.length() > length) {
                BigDecimal factor = SUFFIXES.get(text.substring(text.length() - length));
                if (factor != null) {
                    return new BigDecimal(text.substring(0, text.length() - length)).multiply(factor);
                }
            }
        }
        return new BigDecimal(text);
    }

    /** Rounded up, as Kubernetes does. */
    static BigDecimal whole(String text) {
        return parse(text).setScale(0, RoundingMode.CEILING);
    }

    /** In thousandths, rounded up, as Kubernetes does. */
    static BigDecimal millis(String text) {
        return parse(text).movePointRight(3).setScale(0, RoundingMode.CEILING);
    }
}
