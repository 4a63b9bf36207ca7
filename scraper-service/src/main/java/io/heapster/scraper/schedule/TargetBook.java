package io.heapster.scraper.schedule;

import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How every node answered last, here or, as the log says, elsewhere. Safe for several threads. */
public final class TargetBook {
    private final Map<NodeKey, TargetStatus> byNode = new ConcurrentHashMap<>();

    /** Keeps the status unless one of a later tick is known. */
    public void note(TargetStatus status) {
        byNode.merge(status.node(), status, (old, now) -> now.tickMillis() >= old.tickMillis() ? now : old);
    }

    /** The node's last answer, or null before the first. */
    public @Nullable TargetStatus of(NodeKey node) {
        return byNode.get(node);
    }

    /** Whether the node has answered this tick or a later one. */
    public boolean answered(NodeKey node, long tickMillis) {
        TargetStatus status = byNode.get(node);
        return status != null && status.tickMillis() >= tickMillis;
    }

    /** How many nodes answered so at their last tick, of those that did since the given time. */
    public int count(Outcome outcome, long sinceMillis) {
        int count = 0;
        for (TargetStatus status : byNode.values()) {
            if (status.outcome() == outcome && status.tickMillis() >= sinceMillis) {
                count++;
            }
        }
        return count;
    }

    /** Forgets nodes that last answered before the given tick. */
    public void expire(long beforeMillis) {
        byNode.values().removeIf(status -> status.tickMillis() < beforeMillis);
    }
}
