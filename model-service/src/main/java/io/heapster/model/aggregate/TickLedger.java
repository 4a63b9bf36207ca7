package io.heapster.model.aggregate;

import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows which nodes have reported which tick, and from that which ticks are to be summed now. A tick is closed when all
 * nodes of the tick before have reported it, or a grace after its window has ended. One that was summed comes up again
 * when its sums would cover other nodes than they did. Safe for several threads.
 */
public final class TickLedger {
    private static final BitSet NOBODY = new BitSet();

    private final Duration grace;
    private final Map<String, Cluster> clusters = new HashMap<>();

    /** @param grace how long after the end of a tick's window its missing nodes are waited for */
    public TickLedger(Duration grace) {
        this.grace = grace;
    }

    private static final class Cluster {
        private final NodeNumbers numbers = new NodeNumbers();
        private final NavigableMap<Long, Tick> ticks = new TreeMap<>();

        private Tick tick(long tickMillis) {
            return ticks.computeIfAbsent(tickMillis, any -> new Tick());
        }

        private @Nullable Tick before(long tickMillis, Tick tick) {
            return ticks.get(tickMillis - tick.resolution);
        }
    }

    private static final class Tick {
        private final BitSet reported = new BitSet();
        private final BitSet covered = new BitSet();
        private long resolution;
        /** What the sums cover that are in the log, or on their way; null when there are none that are right. */
        private @Nullable Coverage summed;

        private Coverage coverage(@Nullable Tick before) {
            BitSet known = (BitSet) reported.clone();
            known.or(before == null ? NOBODY : before.reported);
            return new Coverage(covered.cardinality(), known.cardinality());
        }

        private boolean lacksNoneOf(@Nullable Tick before) {
            if (before == null) {
                return false;
            }
            BitSet missing = (BitSet) before.reported.clone();
            missing.andNot(reported);
            return missing.isEmpty();
        }
    }

    /** One tick of one cluster that is to be summed. */
    public record Due(String cluster, long tickMillis, long resolutionMillis, Coverage coverage) {}

    /** A node's batch, whatever its outcome, is in the store. */
    public synchronized void reported(SampleBatch batch) {
        Cluster cluster = cluster(batch.cluster());
        Tick tick = cluster.tick(batch.tickMillis());
        tick.resolution = batch.resolutionMillis();
        int node = cluster.numbers.of(batch.node());
        tick.reported.set(node);
        if (batch.outcome() == Outcome.OK) {
            if (tick.covered.get(node)) {
                // Read twice, perhaps with other figures, which the store now has.
                tick.summed = null;
            }
            tick.covered.set(node);
        }
    }

    /** These sums are in the log. */
    public synchronized void summed(SampleBatch sums) {
        cluster(sums.cluster()).tick(sums.tickMillis()).summed = Coverage.of(sums);
    }

    /** The sums of this tick did not get into the log after all. */
    public synchronized void notSummed(String cluster, long tickMillis) {
        cluster(cluster).tick(tickMillis).summed = null;
    }

    /** Forgets what was summed: from now on somebody else does it, or the log says what was done. */
    public synchronized void forgetSums() {
        for (Cluster cluster : clusters.values()) {
            for (Tick tick : cluster.ticks.values()) {
                tick.summed = null;
            }
        }
    }

    /**
     * Hands out the ticks that are to be summed now, oldest first within a cluster, each once: what is reported from
     * now on makes it due again.
     *
     * @param fromTick ticks before this one are only known for the sake of the first that is not
     */
    public synchronized List<Due> due(long nowMillis, long fromTick) {
        List<Due> due = new ArrayList<>();
        clusters.forEach((name, cluster) -> {
            for (Map.Entry<Long, Tick> entry : cluster.ticks.tailMap(fromTick).entrySet()) {
                long tickMillis = entry.getKey();
                Tick tick = entry.getValue();
                if (tick.reported.isEmpty()) {
                    continue;
                }
                Tick before = cluster.before(tickMillis, tick);
                boolean over = nowMillis >= tickMillis + tick.resolution + grace.toMillis();
                if (tick.summed != null || over || tick.lacksNoneOf(before)) {
                    Coverage coverage = tick.coverage(before);
                    if (!coverage.equals(tick.summed)) {
                        tick.summed = coverage;
                        due.add(new Due(name, tickMillis, tick.resolution, coverage));
                    }
                }
            }
        });
        return due;
    }

    /** Forgets all ticks before this one. */
    public synchronized void expire(long beforeTick) {
        clusters.values().forEach(cluster -> {
            cluster.ticks.headMap(beforeTick).clear();
            BitSet present = new BitSet();
            cluster.ticks.values().forEach(tick -> present.or(tick.reported));
            cluster.numbers.keep(present);
        });
        clusters.values().removeIf(cluster -> cluster.ticks.isEmpty());
    }

    private Cluster cluster(String name) {
        return clusters.computeIfAbsent(name, any -> new Cluster());
    }
}
