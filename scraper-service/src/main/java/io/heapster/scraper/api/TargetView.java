package io.heapster.scraper.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node as the scraper sees it.
 *
 * @param owned whether this process reads it
 * @param outcome {@code ok}, {@code failed} or {@code skipped} at the last tick it answered; null before the first
 * @param reason why there are no samples; null when there are
 * @param durationMillis how long the last answer took; null when another process read it
 * @param ageSeconds since that answer
 * @param nextTick start of the tick at which it is read next
 */
public record TargetView(
        String cluster,
        String node,
        boolean owned,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable Instant tick,
        @Nullable Double durationMillis,
        @Nullable Double ageSeconds,
        Instant nextTick) {}
