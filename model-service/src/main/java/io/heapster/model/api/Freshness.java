package io.heapster.model.api;

import io.heapster.model.json.GoTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the newest batch is young enough to be called news. */
final class Freshness {
    private static final Duration LEAST = Duration.ofMinutes(3);
    private static final int RESOLUTIONS = 3;

    private Freshness() {}

    /**
     * @param newestTick ms since 1970; {@link Long#MIN_VALUE} when there is none
     * @return what is wrong, or null
     */
    static @Nullable String problem(long newestTick, Duration resolution, long nowMillis) {
        if (newestTick == Long.MIN_VALUE) {
            return "no batch of samples yet";
        }
        long allowed = Math.max(LEAST.toMillis(), RESOLUTIONS * resolution.toMillis());
        return nowMillis - newestTick > allowed
                ? "no current batch of samples (latest: " + GoTime.format(newestTick) + ")"
                : null;
    }
}
