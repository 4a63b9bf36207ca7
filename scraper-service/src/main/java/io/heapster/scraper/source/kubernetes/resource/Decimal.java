package io.heapster.scraper.source.kubernetes.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Reads decimal numbers as whole units, without a detour through doubles, which would lose nanoseconds. */
final class Decimal {
    /** The answer for bytes that are no number, a negative one, or one past 2⁶³. */
    static final long NONE = -1;

    private static final int LONGEST = 64;
    private static final int EXACT_DIGITS = 18;
    private static final long[] POWERS = {
        1L,
        10L,
        100L,
        1_000L,
        10_000L,
        100_000L,
        1_000_000L,
        10_000_000L,
        100_000_000L,
        1_000_000_000L,
        10_000_000_000L,
        100_000_000_000L,
        1_000_000_000_000L,
        10_000_000_000_000L,
        100_000_000_000_000L,
        1_000_000_000_000_000L,
        10_000_000_000_000_000L,
        100_000_000_000_000_000L,
        1_000_000_000_000_000_000L
    };

    private Decimal() {}

    /** The number times ten to the power of {@code decimals}, fractions below cut off; or {@link #NONE}. */
    static long units(byte[] text, int start, int end, int decimals) {
        int at = start;
        long digits = 0;
        int count = 0;
        int fraction = 0;
        while (at < end && isDigit(text[at])) {
            digits = 10 * digits + text[at++] - '0';
            count++;
        }
        if (at < end && text[at] == '.') {
            at++;
            while (at < end && isDigit(text[at])) {
                digits = 10 * digits + text[at++] - '0';
                count++;
                fraction++;
            }
        }
        if (count == 0) {
            return NONE;
        }
        int exponent = 0;
        if (at < end && (text[at] | 0x20) == 'e') {
            int signAt = at + 1;
            boolean negative = signAt < end && text[signAt] == '-';
            at = signAt + (signAt < end && (negative || text[signAt] == '+') ? 1 : 0);
            int exponentStart = at;
            while (at < end && isDigit(text[at]) && exponent < 1000) {
                exponent = 10 * exponent + text[at++] - '0';
            }
            if (at == exponentStart) {
                return NONE;
            }
            exponent = negative ? -exponent : exponent;
        }
        if (at != end || end - start > LONGEST) {
            return NONE;
        }
        int shift = exponent + decimals - fraction;
        if (count <= EXACT_DIGITS && shift <= 0) {
            return -shift < POWERS.length ? digits / POWERS[-shift] : 0;
        }
        if (count <= EXACT_DIGITS && shift < POWERS.length && digits <= Long.MAX_VALUE / POWERS[shift]) {
            return digits * POWERS[shift];
        }
        return exactly(text, start, end, decimals);
    }

    private static long exactly(byte[] text, int start, int end, int decimals) {
        BigDecimal number = new BigDecimal(new String(text, start, end - start, StandardCharsets.US_ASCII))
                .scaleByPowerOfTen(decimals);
        if (number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return NONE;
        }
        return number.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
