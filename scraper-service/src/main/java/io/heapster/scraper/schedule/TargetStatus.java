package io.heapster.scraper.schedule;

import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.Outcome;
import java.time.Duration;

/**
 * How a node answered last.
 *
 * @param reason empty when it answered well
 * @param took zero when another process read it
 * @param answeredMillis when, in milliseconds since 1970
 */
public record TargetStatus(
        NodeKey node, long tickMillis, Outcome outcome, String reason, Duration took, long answeredMillis) {}
