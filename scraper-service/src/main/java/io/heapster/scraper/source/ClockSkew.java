package io.heapster.scraper.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How far another machine's clock is from ours, by the date in its answer, which knows whole seconds only. */
public final class ClockSkew {
    /** Where an answer has no date. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final long SECOND = 1_000;

    private ClockSkew() {}

    /**
     * The least difference of the clocks that the answer allows.
     *
     * @param date the header {@code Date}: the second in which the answer was begun, by the other clock
     * @param askedMillis when we asked, by our clock
     * @param answeredMillis when the answer began to come, by our clock
     * @return milliseconds by which the other clock is ahead at least, negative when it is behind; 0 when they may agree;
     *     {@link #UNKNOWN} when there is no date
     */
    public static long millis(@Nullable String date, long askedMillis, long answeredMillis) {
        if (date == null) {
            return UNKNOWN;
        }
        long earliest;
        try {
            earliest = DateTimeFormatter.RFC_1123_DATE_TIME
                    .parse(date, Instant::from)
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return UNKNOWN;
        }
        long latest = earliest + SECOND;
        if (earliest > answeredMillis) {
            return earliest - answeredMillis;
        }
        return latest < askedMillis ? latest - askedMillis : 0;
    }
}
