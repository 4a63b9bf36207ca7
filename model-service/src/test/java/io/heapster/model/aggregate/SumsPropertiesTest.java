package io.heapster.model.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.model.store.AdjustableClock;
import io.heapster.model.store.CountedRejections;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the nodes report and in whatever order: the sums that are published last equal the parts. */
class SumsPropertiesTest {
    private static final long RESOLUTION = 30_000;
    private static final long FIRST = 1_795_257_000_000L;
    private static final int TICKS = 3;
    private static final List<Metric> FRACTIONS = List.of(Metrics.NETWORK_RX_RATE, Metrics.NETWORK_TX_RATE);
    private static final Map<Metric, Metric> WHOLES = Map.of(
            Metrics.CPU_USAGE_RATE, Metrics.CPU_NODES_USAGE_RATE,
            Metrics.MEMORY_USAGE, Metrics.MEMORY_NODES_USAGE,
            Metrics.MEMORY_WORKING_SET, Metrics.MEMORY_NODES_WORKING_SET,
            Metrics.NETWORK_RX_RATE, Metrics.NETWORK_NODES_RX_RATE,
            Metrics.NETWORK_TX_RATE, Metrics.NETWORK_NODES_TX_RATE);

    @Property(tries = 300)
    void sumsEqualThePartsInWhateverOrderTheyCome(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int nodes) {
        Random random = new Random(seed);
        List<SampleBatch> batches = new ArrayList<>();
        for (int tick = 0; tick < TICKS; tick++) {
            for (int node = 0; node < nodes; node++) {
                if (random.nextInt(10) > 0) {
                    batches.add(batch(random, "node-" + node, FIRST + tick * RESOLUTION));
                }
            }
        }
        Map<String, BigDecimal> expected = expected(batches);

        for (int order = 0; order < 3; order++) {
            Collections.shuffle(batches, random);

            assertThat(published(batches, random)).isEqualTo(expected);
        }
    }

    private static SampleBatch batch(Random random, String node, long tick) {
        NodeKey key = new NodeKey("c", node);
        return switch (random.nextInt(6)) {
            case 0 -> SampleBatch.failed(key, tick, RESOLUTION, "timeout");
            case 1 -> SampleBatch.skipped(key, tick, RESOLUTION, "overrun");
            default -> SampleBatch.ok(key, tick, RESOLUTION, entities(random, node));
        };
    }

    private static List<Entity> entities(Random random, String node) {
        List<Entity> entities = new ArrayList<>();
        entities.add(entity(random, EntityType.NODE, Labels.of(LabelKey.NODENAME, node)));
        for (int pod = random.nextInt(6); pod > 0; pod--) {
            Labels labels = Labels.of(
                    LabelKey.NAMESPACE_NAME,
                    "ns-" + random.nextInt(3),
                    LabelKey.POD_NAME,
                    "pod-" + pod + "-of-" + node,
                    LabelKey.HOST_NETWORK,
                    pod % 4 == 0 ? "true" : "");
            entities.add(entity(random, EntityType.POD, labels));
        }
        return entities;
    }

    /** With any of the metrics that are summed, and some that are not. */
    private static Entity entity(Random random, EntityType type, Labels labels) {
        Entity entity = new Entity(type, labels);
        for (Metric metric : Summation.OF_PODS) {
            if (random.nextInt(5) == 0) {
                continue;
            }
            if (metric.isDouble()) {
                double value = random.nextInt(1_000_000_000) / 1000.0;
                entity.samples().add(metric, random.nextInt(8) == 0 ? Double.NaN : value);
            } else {
                entity.samples().add(metric, random.nextLong(1L << 40));
            }
        }
        entity.samples().add(Metrics.MEMORY_RSS, random.nextLong(1L << 30));
        return entity;
    }

    // What is published: the pipeline, but for the log itself

    private static Map<String, BigDecimal> published(List<SampleBatch> batches, Random random) {
        long now = FIRST + TICKS * RESOLUTION;
        StoreLimits limits = new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 1_000, 10, 100);
        SampleStore store = new SampleStore(limits, new AdjustableClock(now), new CountedRejections());
        TickLedger ledger = new TickLedger(Duration.ofSeconds(10));
        Map<String, BigDecimal> published = new TreeMap<>();
        long time = now;
        for (SampleBatch batch : batches) {
            store.put(batch);
            ledger.reported(batch, time);
            time += random.nextInt(15_000);
            if (random.nextInt(3) == 0) {
                publishDue(ledger, store, time, published);
            }
        }
        publishDue(ledger, store, time + RESOLUTION, published);
        assertThat(ledger.due(time + RESOLUTION, FIRST)).isEmpty();
        return published;
    }

    private static void publishDue(TickLedger ledger, SampleStore store, long now, Map<String, BigDecimal> published) {
        for (TickLedger.Due due : ledger.due(now, FIRST)) {
            SampleBatch sums = TickSums.of(Objects.requireNonNull(store.cluster("c")), due);
            store.put(sums);
            assertThat(TickSums.areKnown(sums, Objects.requireNonNull(store.cluster("c"))))
                    .isTrue();
            for (Entity sum : sums.entities()) {
                for (int i = 0; i < sum.samples().size(); i++) {
                    Metric metric = sum.samples().metric(i);
                    BigDecimal value = metric.isDouble()
                            ? BigDecimal.valueOf(sum.samples().doubleValue(i))
                            : BigDecimal.valueOf(sum.samples().longValue(i));
                    published.put(name(sums.tickMillis(), sum.key(), metric), plain(value));
                }
            }
        }
    }

    // What is expected: part by part, in decimals

    private static Map<String, BigDecimal> expected(List<SampleBatch> batches) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        Map<Long, Set<String>> reported = new HashMap<>();
        Map<Long, Set<String>> answered = new HashMap<>();
        for (SampleBatch batch : batches) {
            long tick = batch.tickMillis();
            reported.computeIfAbsent(tick, any -> new HashSet<>()).add(batch.node());
            if (batch.reason().isEmpty()) {
                answered.computeIfAbsent(tick, any -> new HashSet<>()).add(batch.node());
            }
            for (Entity entity : batch.entities()) {
                add(sums, tick, entity);
            }
        }
        for (long tick : reported.keySet()) {
            Set<String> known = new HashSet<>(reported.getOrDefault(tick - RESOLUTION, Set.of()));
            known.addAll(reported.getOrDefault(tick, Set.of()));
            Set<String> summed = new HashSet<>(Set.of("cluster"));
            for (SampleBatch batch : batches) {
                for (Entity entity : batch.entities()) {
                    if (batch.tickMillis() == tick && entity.type() == EntityType.POD) {
                        summed.add(namespace(entity));
                    }
                }
            }
            for (String key : summed) {
                int covered = answered.getOrDefault(tick, Set.of()).size();
                sums.put(name(tick, key, Metrics.NODES_COVERED), plain(BigDecimal.valueOf(covered)));
                sums.put(name(tick, key, Metrics.NODES_KNOWN), plain(BigDecimal.valueOf(known.size())));
            }
        }
        return sums;
    }

    private static void add(Map<String, BigDecimal> sums, long tick, Entity entity) {
        for (Metric metric : Summation.OF_PODS) {
            if (!entity.samples().has(metric) || Double.isNaN(entity.samples().doubleOr(metric, 0))) {
                continue;
            }
            BigDecimal value = metric.isDouble()
                    ? BigDecimal.valueOf(entity.samples().doubleOr(metric, 0))
                    : BigDecimal.valueOf(entity.samples().longOr(metric, 0));
            if (entity.type() == EntityType.NODE) {
                if (WHOLES.containsKey(metric)) {
                    add(sums, name(tick, "cluster", Objects.requireNonNull(WHOLES.get(metric))), value);
                }
            } else if (!entity.label(LabelKey.HOST_NETWORK).equals("true") || !FRACTIONS.contains(metric)) {
                add(sums, name(tick, namespace(entity), metric), value);
                add(sums, name(tick, "cluster", metric), value);
            }
        }
    }

    private static void add(Map<String, BigDecimal> sums, String name, BigDecimal value) {
        sums.merge(name, plain(value), (sum, part) -> plain(sum.add(part)));
    }

    private static String namespace(Entity pod) {
        return "namespace:" + pod.label(LabelKey.NAMESPACE_NAME);
    }

    private static String name(long tick, String key, Metric metric) {
        return tick + " " + key + " " + metric;
    }

    private static BigDecimal plain(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
