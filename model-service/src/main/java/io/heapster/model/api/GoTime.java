package io.heapster.model.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as Go reads and writes them (RFC 3339), with Go's words for what it cannot read. */
final class GoTime {
    /** What Go writes for a time that never was. */
    static final String ZERO = "0001-01-01T00:00:00Z";

    private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
    private static final int FARTHEST_ZONE_SECONDS = 18 * 3600;

    private final String text;
    private int at;

    private GoTime(String text) {
        this.text = text;
    }

    /** @throws BadQueryException with Go's message if the text is no time */
    static Instant parse(String text) {
        return new GoTime(text).read();
    }

    static String format(long millis) {
        return DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(millis));
    }

    private Instant read() {
        int year = number(4, "2006");
        literal('-');
        int month = number(2, "01");
        require(month >= 1 && month <= 12, "month");
        literal('-');
        int day = number(2, "02");
        literal('T');
        int hour = number(2, "15");
        require(hour < 24, "hour");
        literal(':');
        int minute = number(2, "04");
        require(minute < 60, "minute");
        literal(':');
        int second = number(2, "05");
        require(second < 60, "second");
        int nanos = fraction();
        ZoneOffset zone = zone();
        if (at < text.length()) {
            throw failure(": extra text: " + quoted(text.substring(at)));
        }
        try {
            return OffsetDateTime.of(year, month, day, hour, minute, second, nanos, zone)
                    .toInstant();
        } catch (DateTimeException e) {
            throw failure(": day out of range");
        }
    }

    private int number(int digits, String element) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (!isDigit(i)) {
                throw cannotParse(element);
            }
            value = 10 * value + text.charAt(i) - '0';
        }
        at += digits;
        return value;
    }

    private void literal(char expected) {
        if (at >= text.length() || text.charAt(at) != expected) {
            throw cannotParse(String.valueOf(expected));
        }
        at++;
    }

    private int fraction() {
        if (at >= text.length() || text.charAt(at) != '.' || !isDigit(at + 1)) {
            return 0;
        }
        at++;
        int nanos = 0;
        for (int unit = 100_000_000; isDigit(at); unit /= 10) {
            nanos += unit * (text.charAt(at++) - '0');
        }
        return nanos;
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private ZoneOffset zone() {
        String element = "Z07:00";
        if (at < text.length() && text.charAt(at) == 'Z') {
            at++;
            return ZoneOffset.UTC;
        }
        boolean signed = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
        if (!signed || at + 6 > text.length() || text.charAt(at + 3) != ':') {
            throw cannotParse(element);
        }
        int sign = text.charAt(at++) == '-' ? -1 : 1;
        int hours = number(2, element);
        literal(':');
        int minutes = number(2, element);
        int seconds = hours * 3600 + minutes * 60;
        require(seconds <= FARTHEST_ZONE_SECONDS && minutes < 60, "time zone offset");
        return ZoneOffset.ofTotalSeconds(sign * seconds);
    }

    private void require(boolean inRange, String what) {
        if (!inRange) {
            throw failure(": " + what + " out of range");
        }
    }

    private BadQueryException cannotParse(String element) {
        return failure(
                " as \"" + LAYOUT + "\": cannot parse " + quoted(text.substring(at)) + " as \"" + element + "\"");
    }

    private BadQueryException failure(String rest) {
        return new BadQueryException("timestamp argument cannot be parsed: parsing time " + quoted(text) + rest);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
