package io.heapster.contract.uri;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go and Prometheus write them: {@code 30s}, {@code 1h30m}, {@code 1.5h}, {@code 250ms}, {@code 30d}. */
public final class Durations {

    /** What a message tells the user to write. */
    public static final String EXAMPLES = "30s, 5m, 1h30m or 30d";

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w)");

    private Durations() {}

    /**
     * Reads a duration of one or more numbers with units; {@code 0} needs no unit; a leading minus negates.
     *
     * @throws IllegalArgumentException if the text is none; the message is one line with examples
     */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String parts = negative || text.startsWith("+") ? text.substring(1) : text;
        if (parts.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = PART.matcher(parts);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.lookingAt()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosIn(part.group(2)))));
            end = part.end();
            part.region(end, parts.length());
        }
        if (end == 0 || end != parts.length()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration, write one such as " + EXAMPLES);
        }
        try {
            Duration duration =
                    Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
            return negative ? duration.negated() : duration;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is longer than 292 years, write a shorter duration", e);
        }
    }

    /** The shortest such text, in units from days down to nanoseconds; {@link #parse} gives the same duration back. */
    public static String print(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        if (duration.isNegative()) {
            text.append('-');
        }
        Duration rest = duration.abs();
        append(text, rest.toDays(), "d");
        append(text, rest.toHoursPart(), "h");
        append(text, rest.toMinutesPart(), "m");
        append(text, rest.toSecondsPart(), "s");
        append(text, rest.toMillisPart(), "ms");
        append(text, rest.toNanosPart() / 1_000 % 1_000, "us");
        append(text, rest.toNanosPart() % 1_000, "ns");
        return text.toString();
    }

    private static long nanosIn(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            case "w" -> 604_800_000_000_000L;
            default -> 1_000L; // us, with either of the two signs for micro
        };
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count != 0) {
            text.append(count).append(unit);
        }
    }
}
