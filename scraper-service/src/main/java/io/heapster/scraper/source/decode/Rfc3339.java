package io.heapster.scraper.source.decode;

/** Reads RFC 3339 times, such as {@code 2026-11-21T08:43:05Z}, from bytes without allocation. */
final class Rfc3339 {
    /** The answer for bytes that are no time. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int SHORTEST = "2026-11-21T08:43:05Z".length();

    private Rfc3339() {}

    /** Milliseconds since 1970, fractions below cut off; or {@link #INVALID}. */
    static long millis(byte[] text, int start, int end) {
        if (end - start < SHORTEST
                || text[start + 4] != '-'
                || text[start + 7] != '-'
                || (text[start + 10] | 0x20) != 't'
                || text[start + 13] != ':'
                || text[start + 16] != ':') {
            return INVALID;
        }
        int century = twoDigits(text, start);
        int yearOfCentury = twoDigits(text, start + 2);
        int month = twoDigits(text, start + 5);
        int day = twoDigits(text, start + 8);
        int hour = twoDigits(text, start + 11);
        int minute = twoDigits(text, start + 14);
        int second = twoDigits(text, start + 17);
        boolean inRange = (century | yearOfCentury | month | day | hour | minute | second) >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && hour <= 23
                && minute <= 59
                && second <= 60;
        if (!inRange) {
            return INVALID;
        }
        int at = start + 19;
        long millis = 0;
        if (text[at] == '.') {
            int scale = 100;
            int firstDigit = ++at;
            while (at < end && isDigit(text[at])) {
                millis += (long) (text[at++] - '0') * scale;
                scale /= 10;
            }
            if (at == firstDigit) {
                return INVALID;
            }
        }
        int offsetMinutes = offsetMinutes(text, at, end);
        if (offsetMinutes == Integer.MIN_VALUE) {
            return INVALID;
        }
        long minutes = (daysSince1970(100 * century + yearOfCentury, month, day) * 24 + hour) * 60 + minute;
        return ((minutes - offsetMinutes) * 60 + second) * 1000 + millis;
    }

    private static int offsetMinutes(byte[] text, int at, int end) {
        if (at == end - 1 && (text[at] | 0x20) == 'z') {
            return 0;
        }
        if (at != end - 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = twoDigits(text, at + 1);
        int minutes = twoDigits(text, at + 4);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        return text[at] == '-' ? -(60 * hours + minutes) : 60 * hours + minutes;
    }

    /** Days of the proleptic Gregorian calendar, counted in years that begin in March. */
    private static long daysSince1970(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /** The number, or −1. */
    private static int twoDigits(byte[] text, int at) {
        return isDigit(text[at]) && isDigit(text[at + 1]) ? 10 * (text[at] - '0') + text[at + 1] - '0' : -1;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
