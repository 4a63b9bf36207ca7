package io.heapster.scraper.api;

import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.schedule.TargetStatus;
import io.heapster.scraper.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
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
        Instant nextTick) {

    /** @param status the node's last answer, null before the first */
    static TargetView of(
            NodeKey node, boolean owned, @Nullable TargetStatus status, long nowMillis, Duration resolution) {
        Tick current = Tick.at(nowMillis, resolution);
        boolean answered = status != null && status.tickMillis() >= current.startMillis();
        Instant next = Instant.ofEpochMilli((answered ? current.next() : current).startMillis());
        if (status == null) {
            return new TargetView(node.cluster(), node.node(), owned, null, null, null, null, null, next);
        }
        return new TargetView(
                node.cluster(),
                node.node(),
                owned,
                status.outcome().name().toLowerCase(Locale.ROOT),
                status.reason().isEmpty() ? null : status.reason(),
                Instant.ofEpochMilli(status.tickMillis()),
                status.took().isZero() ? null : status.took().toNanos() / 1e6,
                (nowMillis - status.answeredMillis()) / 1e3,
                next);
    }
}
