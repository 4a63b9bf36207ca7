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
 * when its sums would cover other nodes than they did.
 *
 * <p>What is still coming in is waited for: but for the first sums of a tick whose nodes are all there, sums are made when
 * there has been no news of the tick for a grace. Else a model that lags behind its log would sum the same ticks over and
 * over, a few nodes more each time. Safe for several threads.
 */
public final class TickLedger {
    private static final BitSet NOBODY = new BitSet();
    /** Nodes that keep coming in one by one hold up the sums of their tick for so many graces and no longer. */
    private static final int MOST_GRACES = 6;

    private static final long NEVER = Long.MIN_VALUE;

    private final long graceMillis;
    private final Map<String, Cluster> clusters = new HashMap<>();

    /** @param grace how long after the end of a tick's window, and after the last of its nodes, others are waited for */
    public TickLedger(Duration grace) {
        this.graceMillis = grace.toMillis();
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
        private long newsMillis = NEVER;
        /** Since when other sums than these are due; {@link #NEVER} when none are. */
        private long waitingMillis = NEVER;

        private boolean wasSummed;
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

        private void handedOut(Coverage coverage) {
            summed = coverage;
            wasSummed = true;
            waitingMillis = NEVER;
        }
    }

    /** One tick of one cluster that is to be summed. */
    public record Due(String cluster, long tickMillis, long resolutionMillis, Coverage coverage) {}

    /**
     * A node's batch, whatever its outcome, is in the store.
     *
     * @param nowMillis when it got there, ms since 1970
     */
    public synchronized void reported(SampleBatch batch, long nowMillis) {
        Cluster cluster = cluster(batch.cluster());
        Tick tick = cluster.tick(batch.tickMillis());
        tick.resolution = batch.resolutionMillis();
        tick.newsMillis = nowMillis;
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
                tick.wasSummed = false;
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
                Coverage coverage = tick.coverage(before);
                if (!coverage.equals(tick.summed) && isDue(tickMillis, tick, before, nowMillis)) {
                    tick.handedOut(coverage);
                    due.add(new Due(name, tickMillis, tick.resolution, coverage));
                }
            }
        });
        return due;
    }

    /** Of a tick whose sums are not as they should be. */
    private boolean isDue(long tickMillis, Tick tick, @Nullable Tick before, long nowMillis) {
        boolean complete = tick.lacksNoneOf(before);
        if (complete && !tick.wasSummed) {
            return true;
        }
        boolean over = nowMillis >= tickMillis + tick.resolution + graceMillis;
        if (tick.summed == null && !over && !complete) {
            return false;
        }
        if (tick.waitingMillis == NEVER) {
            tick.waitingMillis = nowMillis;
        }
        long news = before == null ? tick.newsMillis : Math.max(tick.newsMillis, before.newsMillis);
        return nowMillis - news >= graceMillis || nowMillis - tick.waitingMillis >= MOST_GRACES * graceMillis;
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
