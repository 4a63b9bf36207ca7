package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rates of counters. There is one only between two samples of one start time, the newer later in time and not smaller
 * in value; else there is none and the reason is counted. Safe for several threads.
 *
 * <p>Of each entity the previous sample is remembered, as long as it would be read back from the log at a take-over:
 * so a process that takes a node over knows what the one before it knew.
 */
public final class Rates {
    private final long memoryMillis;
    private final Map<NodeKey, NodeCounters> nodes = new ConcurrentHashMap<>();
    private final Map<Withheld, Counter> withheld = new EnumMap<>(Withheld.class);

    /** @param memory how long an entity that no longer appears is remembered; some ticks */
    public Rates(Duration memory, MeterRegistry meters) {
        this.memoryMillis = memory.toMillis();
        for (Withheld reason : Withheld.values()) {
            withheld.put(
                    reason,
                    Counter.builder("heapster.rates.withheld")
                            .description("Samples of counters that got no rate")
                            .tag("reason", reason.text())
                            .register(meters));
        }
        Gauge.builder("heapster.rates.entities", this, Rates::entities)
                .description("Entities whose previous sample is remembered")
                .register(meters);
    }

    /** Adds to the entities the rates since their previous samples, and remembers these samples. */
    public void rate(NodeKey node, long tickMillis, List<Entity> entities) {
        WithheldTally tally = new WithheldTally();
        advance(node, tickMillis, entities, true, tally);
        withheld.forEach((reason, counter) -> {
            int count = tally.count(reason);
            if (count > 0) {
                counter.increment(count);
            }
        });
    }

    /** Remembers a batch read back from the log; batches older than what is remembered change nothing. */
    public void learn(SampleBatch batch) {
        advance(batch.nodeKey(), batch.tickMillis(), batch.entities(), false, new WithheldTally());
    }

    /** Forgets nodes that have not answered for longer than the memory. */
    public void expire(long nowMillis) {
        nodes.values().removeIf(node -> node.lastTickMillis() < nowMillis - memoryMillis);
    }

    /** How many entities are remembered. */
    public int entities() {
        int count = 0;
        for (NodeCounters node : nodes.values()) {
            count += node.size();
        }
        return count;
    }

    private void advance(NodeKey node, long tickMillis, List<Entity> entities, boolean addRates, WithheldTally tally) {
        nodes.computeIfAbsent(node, any -> new NodeCounters())
                .advance(entities, tickMillis, tickMillis - memoryMillis, addRates, tally);
    }
}
