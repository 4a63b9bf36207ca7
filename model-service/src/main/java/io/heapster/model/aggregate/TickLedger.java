package io.heapster.model.aggregate;

import io.heapster.contract.sample.SampleBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Knows which nodes have reported which tick, and from that which ticks are to be summed now. A tick is closed when all
 * nodes of the tick before have reported it, or a grace after its window has ended. One that was summed comes up again
 * when a node reports it later. Safe for several threads.
 */
public final class TickLedger {
    private final Duration grace;
    private final Map<String, NavigableMap<Long, Tick>> clusters = new HashMap<>();

    /** @param grace how long after the end of a tick's window its missing nodes are waited for */
    public TickLedger(Duration grace) {
        this.grace = grace;
    }

    private static final class Tick {
        private final Set<String> nodes = new HashSet<>();
        private long resolution;
        private boolean summed;
        private boolean changedSince;
    }

    /** One tick of one cluster that is to be summed. */
    public record Due(String cluster, long tickMillis, long resolutionMillis) {}

    /** A node's batch, whatever its outcome, is in the store. */
    public synchronized void reported(SampleBatch batch) {
        Tick tick = tick(batch.cluster(), batch.tickMillis());
        tick.resolution = batch.resolutionMillis();
        tick.changedSince |= tick.nodes.add(batch.node()) && tick.summed;
    }

    /** The sums of this tick are in the log, or on their way. */
    public synchronized void summed(String cluster, long tickMillis) {
        Tick tick = tick(cluster, tickMillis);
        tick.summed = true;
        tick.changedSince = false;
    }

    /** The sums of this tick did not get into the log after all. */
    public synchronized void notSummed(String cluster, long tickMillis) {
        tick(cluster, tickMillis).summed = false;
    }

    /** Forgets what was summed: from now on somebody else does it, or the log says what was done. */
    public synchronized void forgetSums() {
        for (NavigableMap<Long, Tick> ticks : clusters.values()) {
            for (Tick tick : ticks.values()) {
                tick.summed = false;
                tick.changedSince = false;
            }
        }
    }

    /** The ticks that are to be summed now, oldest first within a cluster. */
    public synchronized List<Due> due(long nowMillis) {
        List<Due> due = new ArrayList<>();
        clusters.forEach((cluster, ticks) -> {
            Set<String> known = null;
            for (Map.Entry<Long, Tick> entry : ticks.entrySet()) {
                Tick tick = entry.getValue();
                boolean over = nowMillis >= entry.getKey() + tick.resolution + grace.toMillis();
                boolean closed = over || (known != null && tick.nodes.containsAll(known));
                if (!tick.nodes.isEmpty() && (tick.changedSince || (!tick.summed && closed))) {
                    due.add(new Due(cluster, entry.getKey(), tick.resolution));
                }
                known = tick.nodes;
            }
        });
        return due;
    }

    /** Forgets all ticks before this one. */
    public synchronized void expire(long beforeTick) {
        clusters.values().forEach(ticks -> ticks.headMap(beforeTick).clear());
        clusters.values().removeIf(Map::isEmpty);
    }

    private Tick tick(String cluster, long tickMillis) {
        return clusters.computeIfAbsent(cluster, any -> new TreeMap<>()).computeIfAbsent(tickMillis, any -> new Tick());
    }
}
