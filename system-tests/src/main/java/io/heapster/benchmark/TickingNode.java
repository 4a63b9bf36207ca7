package io.heapster.benchmark;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A {@link BusyNode} tick after tick: a quarter of its entities work hard, the others hardly; counters grow unevenly,
 * memory goes up and down by pages, free space of the shared disk moves with every tick, requests and limits stay.
 */
public final class TickingNode {
    private static final long PAGE = 4096;
    private static final Set<Metric> PAGES = Set.of(
            Metrics.MEMORY_USAGE,
            Metrics.MEMORY_WORKING_SET,
            Metrics.MEMORY_RSS,
            Metrics.EPHEMERAL_STORAGE_USAGE,
            Metrics.FILESYSTEM_USAGE);

    private final Random random;
    private SampleBatch newest;

    /**
     * @param number tells the node from others
     * @param pods on this node; three of ten have two containers
     */
    TickingNode(int number, int pods) {
        random = new Random(number);
        newest = BusyNode.withPods(pods, number);
    }

    /**
     * @param namespaces how many the pods of all nodes are spread over
     * @param tickMillis of the first batch that {@link #next} gives
     */
    public TickingNode(int number, int pods, int namespaces, long tickMillis, long resolutionMillis) {
        random = new Random(number);
        SampleBatch batch = BusyNode.withPods(pods, number, namespaces);
        long before = tickMillis - resolutionMillis;
        long shift = before - batch.tickMillis();
        for (Entity entity : batch.entities()) {
            entity.started(entity.startMillis() + shift);
            entity.measured(entity.measuredMillis() + shift);
            if (entity.networkMeasuredMillis() != 0) {
                entity.networkMeasured(entity.networkMeasuredMillis() + shift);
            }
        }
        newest = SampleBatch.ok(batch.nodeKey(), before, resolutionMillis, batch.entities());
    }

    /** The batch of the next tick; those given out before stay as they are. */
    public SampleBatch next() {
        List<Entity> entities = new ArrayList<>(newest.entities().size());
        for (int i = 0; i < newest.entities().size(); i++) {
            entities.add(next(newest.entities().get(i), i % 4 == 0));
        }
        newest = SampleBatch.ok(
                newest.nodeKey(), newest.tickMillis() + newest.resolutionMillis(), newest.resolutionMillis(), entities);
        return newest;
    }

    private Entity next(Entity before, boolean busy) {
        // A kubelet measures on a jittered schedule of its own.
        long millis = newest.resolutionMillis() + random.nextInt(2_000) - 1_000;
        Entity entity = new Entity(before.type(), before.labels());
        entity.started(before.startMillis());
        entity.measured(before.measuredMillis() + millis);
        if (before.networkMeasuredMillis() != 0) {
            entity.networkMeasured(before.networkMeasuredMillis() + millis);
        }
        advance(before.samples(), entity.samples(), millis, busy);
        for (ResourceSamples resource : before.resources()) {
            advance(resource.samples(), entity.resource(resource.labels()), millis, busy);
        }
        return entity;
    }

    private void advance(Samples before, Samples after, long millis, boolean busy) {
        after.reserve(before.size());
        for (int i = 0; i < before.size(); i++) {
            Metric metric = before.metric(i);
            Metric counter = metric.rateOf();
            if (metric.type() == MetricType.CUMULATIVE) {
                after.add(metric, before.longValue(i) + growth(metric, millis, busy));
            } else if (counter != null) {
                // Sums of pods have rates without the counters.
                long growth = after.has(counter)
                        ? after.longOr(counter, 0) - before.longOr(counter, 0)
                        : growth(counter, millis, busy);
                addRate(after, metric, growth, millis);
            } else if (metric.isDouble()) {
                after.add(metric, gauge(metric, before.doubleValue(i)));
            } else {
                after.add(metric, gauge(metric, before.longValue(i), busy));
            }
        }
    }

    private long growth(Metric counter, long millis, boolean busy) {
        if (counter.equals(Metrics.UPTIME)) {
            return millis;
        }
        if (counter.equals(Metrics.CPU_USAGE)) {
            return (long) ((busy ? 8e9 : 4e7) * (1 + Math.max(-1, random.nextGaussian() / 10)));
        }
        if (counter.equals(Metrics.MEMORY_PAGE_FAULTS)) {
            return random.nextInt(busy ? 5_000 : 20);
        }
        if (counter.equals(Metrics.NETWORK_RX) || counter.equals(Metrics.NETWORK_TX)) {
            return random.nextInt(busy ? 50_000_000 : 9_000);
        }
        return 0;
    }

    private static void addRate(Samples samples, Metric rate, long growth, long millis) {
        if (rate.isDouble()) {
            samples.add(rate, Math.round(growth * 1e6 / millis) / 1e3);
        } else {
            samples.add(rate, growth / 1_000 / millis);
        }
    }

    private long gauge(Metric metric, long before, boolean busy) {
        if (PAGES.contains(metric)) {
            return Math.max(0, before + pages(busy ? 500 : 2));
        }
        if (metric.equals(Metrics.FILESYSTEM_AVAILABLE)) {
            return before + pages(10_000);
        }
        if (metric.equals(Metrics.FILESYSTEM_INODES_FREE)) {
            return before + random.nextInt(1_001) - 500;
        }
        return before;
    }

    private double gauge(Metric metric, double before) {
        return metric.equals(Metrics.CPU_NODE_UTILIZATION) ? random.nextInt(1_000_000) / 1e6 : before;
    }

    private long pages(int most) {
        return PAGE * (random.nextInt(2 * most + 1) - most);
    }
}
