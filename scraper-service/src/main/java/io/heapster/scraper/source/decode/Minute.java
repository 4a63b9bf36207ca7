package io.heapster.scraper.source.decode;

/** Reads times as {@link Rfc3339} does, faster where one has the minute of the one before, as most of a document have. */
final class Minute {
    private static final int LENGTH = "2026-11-21T08:43:05Z".length();
    private static final int SECONDS = "2026-11-21T08:43:".length();

    /** The first 16 bytes of the time before, which are those before its seconds. */
    private long first;

    private long second;
    private long startMillis;

    /** Milliseconds since 1970, fractions below cut off; or {@link Rfc3339#INVALID}. */
    long millis(byte[] text, int start, int end) {
        if (end - start != LENGTH || text[end - 1] != 'Z' || text[start + SECONDS - 1] != ':') {
            return Rfc3339.millis(text, start, end);
        }
        int tens = text[start + SECONDS] - '0';
        int ones = text[start + SECONDS + 1] - '0';
        boolean inRange = tens >= 0 && tens < 6 && ones >= 0 && ones < 10;
        long firstNow = Words.at(text, start);
        long secondNow = Words.at(text, start + Long.BYTES);
        if (inRange && firstNow == first && secondNow == second) {
            return startMillis + (10 * tens + ones) * 1_000L;
        }
        long millis = Rfc3339.millis(text, start, end);
        if (inRange && millis != Rfc3339.INVALID) {
            first = firstNow;
            second = secondNow;
            startMillis = millis - (10 * tens + ones) * 1_000L;
        }
        return millis;
    }
}
