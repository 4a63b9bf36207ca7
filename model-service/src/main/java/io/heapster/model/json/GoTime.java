package io.heapster.model.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Times (RFC 3339) and durations as Go reads and writes them, with Go's words for what it cannot read. */
public final class GoTime {
    /** What Go writes for a time that never was. */
    public static final String ZERO = "0001-01-01T00:00:00Z";

    private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
    private static final int FARTHEST_ZONE_SECONDS = 18 * 3600;
    /** No time or duration is longer. */
    static final int LONGEST = 32;

    private static final int SECOND_MILLIS = 1_000;
    private static final int MINUTE_MILLIS = 60 * SECOND_MILLIS;
    private static final int HOUR_MILLIS = 60 * MINUTE_MILLIS;
    private static final int DAY_MILLIS = 24 * HOUR_MILLIS;

    private final String text;
    private int at;

    private GoTime(String text) {
        this.text = text;
    }

    /** @throws DateTimeParseException with Go's message if the text is no time */
    public static Instant parse(String text) {
        return new GoTime(text).read();
    }

    /** @param millis since 1970 */
    public static String format(long millis) {
        TextBuffer out = new TextBuffer(LONGEST);
        append(out, millis);
        return out.toString();
    }

    /** The second that a time is in, as all times in Kubernetes objects are cut; both in ms since 1970. */
    public static long toSecond(long millis) {
        return millis - Math.floorMod(millis, SECOND_MILLIS);
    }

    /** Faster than a {@code DateTimeFormatter}: times are most of what the model API writes. */
    static void append(TextBuffer out, long millis) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
        int ofDay = Math.floorMod(millis, DAY_MILLIS);
        year(out, date.getYear());
        out.put('-').twoDigits(date.getMonthValue());
        out.put('-').twoDigits(date.getDayOfMonth());
        out.put('T').twoDigits(ofDay / HOUR_MILLIS);
        out.put(':').twoDigits(ofDay / MINUTE_MILLIS % 60);
        out.put(':').twoDigits(ofDay / SECOND_MILLIS % 60);
        out.fraction(ofDay % SECOND_MILLIS, SECOND_MILLIS / 10).put('Z');
    }

    private static void year(TextBuffer out, int year) {
        if (year < 0 || year > 9999) {
            out.number(year);
        } else {
            out.twoDigits(year / 100).twoDigits(year % 100);
        }
    }

    /** As Go prints it, to the millisecond: {@code 15m0s}, {@code 1h0m0.5s}, {@code 250ms}; not negative. */
    static void appendDuration(TextBuffer out, long millis) {
        if (millis > 0 && millis < SECOND_MILLIS) {
            out.number(millis).put('m').put('s');
            return;
        }
        if (millis >= HOUR_MILLIS) {
            out.number(millis / HOUR_MILLIS).put('h');
        }
        if (millis >= MINUTE_MILLIS) {
            out.number(millis % HOUR_MILLIS / MINUTE_MILLIS).put('m');
        }
        out.number(millis % MINUTE_MILLIS / SECOND_MILLIS);
        out.fraction((int) (millis % SECOND_MILLIS), SECOND_MILLIS / 10).put('s');
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

    private DateTimeParseException cannotParse(String element) {
        return failure(
                " as \"" + LAYOUT + "\": cannot parse " + quoted(text.substring(at)) + " as \"" + element + "\"");
    }

    private DateTimeParseException failure(String rest) {
        return new DateTimeParseException("parsing time " + quoted(text) + rest, text, at);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
