package io.heapster.model.resourcemetrics.json;

import java.time.Instant;

/** Times and durations as Go writes them. */
public final class GoTexts {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private GoTexts() {}

    /** A time to the second, as all times in Kubernetes objects: {@code 2026-11-21T08:45:57Z}. */
    public static String time(long millis) {
        return Instant.ofEpochSecond(Math.floorDiv(millis, SECOND)).toString();
    }

    /** {@code 15.159s}, {@code 1m0s}, {@code 1h0m0.5s}, {@code 250ms}, {@code 0s}; not negative. */
    public static String duration(long millis) {
        if (millis > 0 && millis < SECOND) {
            return millis + "ms";
        }
        StringBuilder text = new StringBuilder(12);
        if (millis >= HOUR) {
            text.append(millis / HOUR).append('h');
        }
        if (millis >= MINUTE) {
            text.append(millis % HOUR / MINUTE).append('m');
        }
        text.append(millis % MINUTE / SECOND);
        appendFraction(text, (int) (millis % SECOND));
        return text.append('s').toString();
    }

    private static void appendFraction(StringBuilder text, int millis) {
        if (millis == 0) {
            return;
        }
        text.append('.');
        int rest = millis;
        for (int unit = 100; rest > 0; unit /= 10) {
            text.append(rest / unit);
            rest %= unit;
        }
    }
}
