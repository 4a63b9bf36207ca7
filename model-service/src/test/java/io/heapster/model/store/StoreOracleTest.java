package io.heapster.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.model.store.PlainHistory.Row;
import io.heapster.model.store.PlainHistory.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Whatever comes — gaps, resets, churn, late and repeated records, changing labels, shapes and resolutions — the store
 * answers as {@link PlainHistory} does.
 */
class StoreOracleTest {
    private static final long START = 1_795_257_000_000L;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final NodeKey NODE = new NodeKey("default", "n1");
    private static final List<Metric> PLAIN = List.of(
            Metrics.UPTIME,
            Metrics.CPU_USAGE,
            Metrics.CPU_USAGE_RATE,
            Metrics.MEMORY_USAGE,
            Metrics.MEMORY_RSS,
            Metrics.NETWORK_RX,
            Metrics.NETWORK_RX_RATE,
            Metrics.CPU_LIMIT,
            Metrics.CPU_NODE_UTILIZATION);
    private static final List<Metric> OF_DISKS =
            List.of(Metrics.FILESYSTEM_USAGE, Metrics.DISK_IO_READ_BYTES, Metrics.DISK_IO_READ_BYTES_RATE);
    private static final List<Labels> DISKS =
            List.of(Labels.of(LabelKey.RESOURCE_ID, "/"), Labels.of(LabelKey.RESOURCE_ID, "logs"));
    private static final List<Metric> USAGE = List.of(Metrics.CPU_USAGE_RATE, Metrics.MEMORY_USAGE);

    private static final List<Long> RESOLUTIONS = List.of(5_000L, 10_000L, 30_000L, 45_000L, 60_000L);

    private final AdjustableClock clock = new AdjustableClock(START);

    @Property(tries = 120)
    void rowsAsTheyCame(@ForAll long seed) {
        new Run(seed, 0).play();
    }

    @Property(tries = 200)
    void rowsMerged(@ForAll long seed) {
        new Run(seed, 30_000).play();
    }

    private final class Run {
        private final Random random;
        private final long bucket;
        private final CountedRejections rejections = new CountedRejections();
        private final Map<RejectionReason, Integer> expectedRejections = new EnumMap<>(RejectionReason.class);
        private final SampleStore store;
        private final Map<String, PlainHistory> oracle = new LinkedHashMap<>();
        private final Map<String, Map<Series, Long>> counters = new HashMap<>();
        private long resolution;

        Run(long seed, long bucket) {
            random = new Random(seed);
            this.bucket = bucket;
            clock.set(START);
            store = new SampleStore(
                    new StoreLimits(WINDOW, Duration.ofMillis(bucket), Duration.ofMinutes(2), 100, 0, 10, 100),
                    clock,
                    rejections);
            resolution = oneOf(RESOLUTIONS);
        }

        void play() {
            @Nullable SampleBatch last = null;
            for (int step = 0; step < 80; step++) {
                if (random.nextInt(40) == 0) {
                    resolution = oneOf(RESOLUTIONS);
                }
                clock.set(clock.millis() + step(random.nextInt(30)));
                boolean again = last != null && random.nextInt(8) == 0;
                SampleBatch batch = again ? Objects.requireNonNull(last) : batch();
                put(batch);
                last = batch;
                if (random.nextInt(4) == 0) {
                    store.expire();
                    oracle.values().removeIf(history -> !history.lastsUntil(store.oldestTick()));
                }
                if (random.nextInt(4) == 0) {
                    compare();
                }
            }
            compare();
            assertThat(rejections.points()).isEqualTo(expectedRejections);
            clock.set(clock.millis() + WINDOW.toMillis() + 60_001);
            store.expire();
            assertThat(store.clusters()).isEmpty();
            assertThat(store.census()).isEqualTo(Census.NOTHING);
        }

        /** Mostly the next tick, seldom a gap, once in a while one in which all leaves the window. */
        private long step(int dice) {
            return dice == 0 ? WINDOW.toMillis() : dice < 4 ? random.nextInt(20) * resolution : resolution;
        }

        private SampleBatch batch() {
            long back = random.nextInt(5) == 0 ? random.nextInt(50) * resolution : 0;
            long tick = (clock.millis() - back) / resolution * resolution;
            List<Entity> pods = new ArrayList<>();
            for (int pod = 0; pod < 3; pod++) {
                if (pod == 0 || random.nextInt(6) > 0) {
                    pods.add(pod("p" + pod, tick));
                }
            }
            return SampleBatch.ok(NODE, tick, resolution, pods);
        }

        private Entity pod(String name, long tick) {
            Entity pod = new Entity(
                    EntityType.POD,
                    Labels.of(
                            LabelKey.NAMESPACE_NAME,
                            "shop",
                            LabelKey.POD_NAME,
                            name,
                            LabelKey.LABELS,
                            "v:" + random.nextInt(2)));
            if (random.nextInt(10) > 0) {
                pod.measured(tick + random.nextInt(15_000));
                pod.networkMeasured(pod.measuredMillis() + random.nextInt(2) * 1_000L);
            }
            Map<Series, Long> before = counters.computeIfAbsent(name, any -> new HashMap<>());
            boolean complete = random.nextInt(5) > 0;
            fill(pod.samples(), PLAIN, Labels.EMPTY, complete, before);
            for (Labels disk : random.nextBoolean() ? DISKS : List.of(DISKS.get(1), DISKS.get(0))) {
                if (complete || random.nextBoolean()) {
                    fill(pod.resource(disk), OF_DISKS, disk, complete, before);
                }
            }
            return pod;
        }

        private void fill(
                Samples samples, List<Metric> metrics, Labels resource, boolean complete, Map<Series, Long> before) {
            for (Metric metric : metrics) {
                if (complete || random.nextInt(4) > 0) {
                    samples.append(metric.id(), bits(metric, new Series(metric, resource), before));
                }
            }
        }

        private long bits(Metric metric, Series series, Map<Series, Long> before) {
            int dice = random.nextInt(60);
            if (metric.isDouble()) {
                double exact = random.nextInt(1_000_000) / 1e3;
                return Double.doubleToRawLongBits(dice == 0 ? random.nextGaussian() : dice == 1 ? -0.0 : exact);
            }
            if (dice == 0) {
                return random.nextLong();
            }
            if (metric.type() == MetricType.CUMULATIVE) {
                // A reset now and then.
                long value = dice == 1 ? 0 : before.getOrDefault(series, 0L) + random.nextInt(50_000_000);
                before.put(series, value);
                return value;
            }
            return dice < 10 ? random.nextInt(100_000) - 50_000 : random.nextInt(100_000) * 4096L;
        }

        private void put(SampleBatch batch) {
            store.put(batch);
            long tick = batch.tickMillis();
            for (Entity pod : batch.entities()) {
                RejectionReason refused = tick < store.oldestTick() ? RejectionReason.OLD : expect(batch, pod);
                if (refused != null) {
                    expectedRejections.merge(refused, pod.sampleCount(), Integer::sum);
                }
            }
        }

        private @Nullable RejectionReason expect(SampleBatch batch, Entity pod) {
            Map<Series, Long> values = new HashMap<>();
            copy(pod.samples(), Labels.EMPTY, values);
            pod.resources().forEach(resource -> copy(resource.samples(), resource.labels(), values));
            return oracle.computeIfAbsent(pod.label(LabelKey.POD_NAME), any -> new PlainHistory(bucket))
                    .put(
                            batch.tickMillis(),
                            batch.resolutionMillis(),
                            store.oldestTick(),
                            new Row(pod.measuredMillis(), values),
                            pod.labels());
        }

        private static void copy(Samples samples, Labels resource, Map<Series, Long> into) {
            for (int i = 0; i < samples.size(); i++) {
                into.put(new Series(samples.metric(i), resource), samples.bits(i));
            }
        }

        private void compare() {
            oracle.forEach((name, expected) -> {
                EntityHistory found = Objects.requireNonNull(
                        Objects.requireNonNull(store.cluster("default")).pod("shop", name));
                assertThat(found.labels()).isEqualTo(expected.labels());
                long from = store.oldestTick() + random.nextInt(3) * 100_000L;
                for (Metric metric : PLAIN) {
                    compare(found, expected, new Series(metric, Labels.EMPTY), from);
                }
                for (Labels disk : DISKS) {
                    OF_DISKS.forEach(metric -> compare(found, expected, new Series(metric, disk), from));
                }
                compareLatest(found, expected, from);
            });
        }

        private void compare(EntityHistory found, PlainHistory expected, Series series, long from) {
            Points points = found.points(series.metric(), series.resource(), from, clock.millis());
            Map<Long, Long> read = new TreeMap<>();
            for (int i = 0; i < points.size(); i++) {
                assertThat(i == 0 || points.tickMillis(i - 1) < points.tickMillis(i))
                        .isTrue();
                read.put(points.tickMillis(i), points.bits(i));
            }
            assertThat(read).as(series.toString()).isEqualTo(expected.points(series, from, clock.millis()));
        }

        private void compareLatest(EntityHistory found, PlainHistory expected, long from) {
            Samples read = new Samples();
            Measurement measurement = new RowReader().readLatest(found, USAGE, from, read);
            Long tick = expected.latest(USAGE, from);
            if (tick == null || measurement == null) {
                assertThat(measurement).isNull();
                assertThat(tick).isNull();
                assertThat(read.isEmpty()).isTrue();
                return;
            }
            Row row = expected.row(tick);
            assertThat(measurement.tickMillis()).isEqualTo(tick);
            assertThat(measurement.measuredMillis()).isEqualTo(row.measured());
            for (int i = 0; i < USAGE.size(); i++) {
                assertThat(read.bits(i)).isEqualTo(row.values().get(new Series(USAGE.get(i), Labels.EMPTY)));
            }
            Long before = expected.before(tick);
            if (before != null && before >= store.oldestTick()) {
                long window = row.measured() - expected.row(before).measured();
                assertThat(measurement.windowMillis()).isEqualTo(Math.max(0, window));
            }
        }

        private <T> T oneOf(List<T> options) {
            return options.get(random.nextInt(options.size()));
        }
    }
}
