package io.heapster.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SampleStoreTest {
    private static final long RESOLUTION = 30_000;
    private static final long START = 1_795_257_000_000L;
    private static final NodeKey NODE = new NodeKey("default", "n1");
    private static final List<Metric> PLAIN = List.of(
            Metrics.CPU_USAGE, Metrics.MEMORY_USAGE, Metrics.NETWORK_RX_RATE, Metrics.UPTIME, Metrics.CPU_LIMIT);
    private static final Labels ROOT = Labels.of(LabelKey.RESOURCE_ID, "/");
    private static final Labels LOGS = Labels.of(LabelKey.RESOURCE_ID, "logs");

    private final AdjustableClock clock = new AdjustableClock(START);
    private final CountedRejections rejections = new CountedRejections();

    private SampleStore store(int entities) {
        return new SampleStore(
                new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), entities, 2, 20), clock, rejections);
    }

    private record SeriesKey(String pod, Metric metric, Labels resource) {}

    /** Ticks come in order, late, twice, changed and in changing shapes; clocks go on; what is old goes. */
    @Property(tries = 200)
    void theStoreAnswersAsAMapOfListsWould(@ForAll long seed) {
        Random random = new Random(seed);
        clock.set(START);
        SampleStore store = store(1_000);
        Map<SeriesKey, NavigableMap<Long, Long>> oracle = new HashMap<>();
        Map<SeriesKey, Long> counters = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            clock.set(clock.millis() + random.nextInt(3) * RESOLUTION);
            long tick = clock.millis() - (random.nextInt(4) == 0 ? random.nextInt(40) * RESOLUTION : 0);
            List<Entity> pods = new ArrayList<>();
            for (int pod = 0; pod < 3; pod++) {
                if (random.nextInt(5) > 0) {
                    pods.add(randomPod("p" + pod, tick, random, oracle, counters));
                }
            }
            store.put(SampleBatch.ok(NODE, tick, RESOLUTION, pods));
            if (random.nextInt(3) == 0) {
                store.expire();
            }
            for (SeriesKey key : oracle.keySet()) {
                assertThat(read(store, key)).isEqualTo(within(oracle.get(key)));
            }
        }
        clock.set(clock.millis() + Duration.ofMinutes(16).toMillis());
        store.expire();
        assertThat(store.clusters()).isEmpty();
        assertThat(store.census().points()).isZero();
    }

    private Entity randomPod(
            String name,
            long tick,
            Random random,
            Map<SeriesKey, NavigableMap<Long, Long>> oracle,
            Map<SeriesKey, Long> counters) {
        Entity pod = pod(name, "uid");
        boolean known = tick >= clock.millis() - Duration.ofMinutes(15).toMillis();
        // A row counts as a whole: what it lacks is gone from that tick.
        if (known) {
            oracle.forEach((key, points) -> {
                if (key.pod().equals(name)) {
                    points.remove(tick);
                }
            });
        }
        List<Metric> metrics = new ArrayList<>(PLAIN);
        Collections.shuffle(metrics, random);
        int left = random.nextInt(4) == 0 ? random.nextInt(metrics.size()) : 0;
        for (Metric metric : metrics.subList(left, metrics.size())) {
            SeriesKey key = new SeriesKey(name, metric, Labels.EMPTY);
            long bits = randomBits(key, random, counters);
            pod.samples().append(metric.id(), bits);
            if (known) {
                oracle.computeIfAbsent(key, any -> new TreeMap<>()).put(tick, bits);
            }
        }
        for (Labels resource : random.nextBoolean() ? List.of(ROOT, LOGS) : List.of(LOGS, ROOT)) {
            SeriesKey key = new SeriesKey(name, Metrics.FILESYSTEM_USAGE, resource);
            long bits = random.nextInt(3) * 4096L;
            pod.resource(resource).add(Metrics.FILESYSTEM_USAGE, bits);
            if (known) {
                oracle.computeIfAbsent(key, any -> new TreeMap<>()).put(tick, bits);
            }
        }
        return pod;
    }

    private static long randomBits(SeriesKey key, Random random, Map<SeriesKey, Long> counters) {
        if (key.metric().isDouble()) {
            double value = random.nextInt(20) == 0 ? random.nextGaussian() : random.nextInt(1_000_000) / 1e3;
            return Double.doubleToRawLongBits(value);
        }
        if (random.nextInt(30) == 0) {
            return random.nextLong();
        }
        return counters.merge(key, (long) random.nextInt(3) * 1_000_000, Long::sum);
    }

    private static Map<Long, Long> read(SampleStore store, SeriesKey key) {
        Map<Long, Long> read = new TreeMap<>();
        ClusterHistory cluster = store.cluster("default");
        EntityHistory pod = cluster == null ? null : cluster.pod("shop", key.pod());
        if (pod != null) {
            Points points = pod.points(key.metric(), key.resource(), store.oldestTick(), Long.MAX_VALUE);
            for (int i = 0; i < points.size(); i++) {
                assertThat(read.put(points.tickMillis(i), points.bits(i))).isNull();
            }
        }
        return read;
    }

    private Map<Long, Long> within(NavigableMap<Long, Long> points) {
        return points.tailMap(clock.millis() - Duration.ofMinutes(15).toMillis(), true);
    }

    private static Entity pod(String name, String uid) {
        return new Entity(
                EntityType.POD,
                Labels.of(LabelKey.NAMESPACE_NAME, "shop", LabelKey.POD_NAME, name, LabelKey.POD_ID, uid));
    }

    private static Entity podUsing(String name, String uid, long startMillis, long memory) {
        Entity pod = pod(name, uid);
        pod.started(startMillis);
        pod.samples().add(Metrics.MEMORY_USAGE, memory);
        return pod;
    }

    private static SampleBatch batch(long tick, Entity... entities) {
        return SampleBatch.ok(NODE, tick, RESOLUTION, List.of(entities));
    }

    private static String memoryOf(SampleStore store, String pod) {
        EntityHistory found = Objects.requireNonNull(
                Objects.requireNonNull(store.cluster("default")).pod("shop", pod));
        return found.points(Metrics.MEMORY_USAGE, 0, Long.MAX_VALUE).toString();
    }

    @Test
    void aRepeatedBatchChangesNothingAndIsCounted() {
        SampleStore store = store(100);
        store.put(batch(START, podUsing("web", "a", 1, 7)));
        store.put(batch(START, podUsing("web", "a", 1, 7)));

        assertThat(memoryOf(store, "web")).isEqualTo("memory/usage " + START + "=7");
        assertThat(rejections.points()).containsExactly(Map.entry(RejectionReason.DUPLICATE, 1));
    }

    @Test
    void theLatestMeasurementIsOfTheNewestRowThatHasAllMetricsAskedFor() {
        SampleStore store = store(100);
        for (int row = 0; row < 3; row++) {
            Entity pod = podUsing("web", "a", 1, 7 + row);
            pod.samples().add(Metrics.CPU_USAGE_RATE, 100 + row);
            pod.measured(START + row * RESOLUTION + 10_000 + row * 100L);
            clock.set(START + row * RESOLUTION);
            store.put(batch(clock.millis(), pod));
        }
        store.put(batch(START + 3 * RESOLUTION, podUsing("web", "a", 1, 10)));
        EntityHistory pod = Objects.requireNonNull(
                Objects.requireNonNull(store.cluster("default")).pod("shop", "web"));
        List<Metric> both = List.of(Metrics.CPU_USAGE_RATE, Metrics.MEMORY_USAGE);
        Samples read = new Samples();

        assertThat(pod.readLatest(both, START, read))
                .isEqualTo(new Measurement(START + 2 * RESOLUTION, START + 2 * RESOLUTION + 10_200, RESOLUTION + 100));
        assertThat(read).hasToString("{cpu/usage_rate=102, memory/usage=9}");
        assertThat(pod.readLatest(both, START + 3 * RESOLUTION, read)).isNull();
        assertThat(pod.readLatest(List.of(Metrics.CPU_LIMIT), START, read)).isNull();
        assertThat(read.size()).isEqualTo(2);
        assertThat(pod.readLatest(List.of(Metrics.MEMORY_USAGE), START, new Samples()))
                .isEqualTo(new Measurement(START + 3 * RESOLUTION, START + 3 * RESOLUTION, RESOLUTION - 10_200));
    }

    @Test
    void aFirstRowHasNoWindow() {
        SampleStore store = store(100);
        store.put(batch(START, podUsing("web", "a", 1, 7)));
        EntityHistory pod = Objects.requireNonNull(
                Objects.requireNonNull(store.cluster("default")).pod("shop", "web"));

        assertThat(pod.readLatest(List.of(Metrics.MEMORY_USAGE), START, new Samples()))
                .isEqualTo(new Measurement(START, START, 0));
    }

    @Test
    void aBatchOutsideTheWindowIsRefusedAndCounted() {
        SampleStore store = store(100);
        store.put(batch(START - 901_000, podUsing("web", "a", 1, 7)));
        store.put(batch(START + 121_000, podUsing("web", "a", 1, 7)));

        assertThat(store.clusters()).isEmpty();
        assertThat(rejections.points()).containsEntry(RejectionReason.OLD, 1).containsEntry(RejectionReason.FUTURE, 1);
    }

    @Test
    void ofTwoPodsWithOneNameTheLaterStartedHasTheTickWhicheverComesFirst() {
        Entity gone = podUsing("web", "a", 100, 7);
        Entity anew = podUsing("web", "b", 200, 8);
        SampleStore oneWay = store(100);
        oneWay.put(batch(START, gone));
        oneWay.put(batch(START, anew));
        SampleStore otherWay = store(100);
        otherWay.put(batch(START, anew));
        otherWay.put(batch(START, gone));

        assertThat(memoryOf(oneWay, "web")).isEqualTo("memory/usage " + START + "=8");
        assertThat(memoryOf(otherWay, "web")).isEqualTo("memory/usage " + START + "=8");
    }

    @Test
    void anEntityBeyondTheLimitIsRefusedAndCountedAndFitsWhenAnotherHasGone() {
        // The cluster, its namespace and one pod.
        SampleStore store = store(3);
        store.put(batch(START, podUsing("web-1", "a", 1, 7), podUsing("web-2", "b", 1, 7)));
        assertThat(rejections.points()).containsEntry(RejectionReason.LIMIT, 1);

        clock.set(START + 901_000);
        store.expire();
        store.put(batch(clock.millis(), podUsing("web-2", "b", 1, 7)));

        assertThat(memoryOf(store, "web-2")).endsWith("=7");
    }

    @Test
    void labelsBeyondTheLimitAreLeftOutAndCounted() {
        Entity pod = podUsing("web", "a", 1, 7);
        pod.relabel(pod.labels().with(Labels.of("x1", "1", "x2", "2", "x3", "3", "labels", "a long text of labels")));
        SampleStore store = store(100);

        store.put(batch(START, pod));

        EntityHistory found = Objects.requireNonNull(
                Objects.requireNonNull(store.cluster("default")).pod("shop", "web"));
        assertThat(found.labels().toMap()).containsKeys("x1", "x2", "pod_name").doesNotContainKey("x3");
        assertThat(found.labels().get(LabelKey.LABELS)).isEqualTo("a long text of label");
        assertThat(rejections.labels()).isEqualTo(2);
    }

    @Test
    void readersSeeWholeRowsWhileTheWriterGoesOn() throws InterruptedException {
        SampleStore store = store(100);
        List<String> torn = Collections.synchronizedList(new ArrayList<>());
        var done = new AtomicBoolean();
        var reads = new AtomicLong();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread reader = new Thread(() -> {
                while (!done.get() || reads.get() < 1_000) {
                    check(store, torn);
                    reads.incrementAndGet();
                }
            });
            readers.add(reader);
            reader.start();
        }
        Random random = new Random(1);
        for (int step = 0; step < 20_000; step++) {
            clock.set(START + step * 1_000L);
            long tick = clock.millis() - (random.nextInt(10) == 0 ? random.nextInt(60) * 1_000L : 0);
            Entity pod = pod("web", "a");
            // Each row says its tick twice, so that a reader can tell a torn one.
            pod.samples().add(Metrics.MEMORY_USAGE, tick);
            pod.samples().add(Metrics.CPU_USAGE, tick);
            if (random.nextInt(50) == 0) {
                pod.samples().add(Metrics.CPU_LIMIT, 1L);
            }
            store.put(batch(tick, pod));
            if (step % 100 == 0) {
                store.expire();
            }
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(torn).isEmpty();
    }

    private static void check(SampleStore store, List<String> torn) {
        ClusterHistory cluster = store.cluster("default");
        EntityHistory pod = cluster == null ? null : cluster.pod("shop", "web");
        if (pod == null) {
            return;
        }
        for (Metric metric : List.of(Metrics.MEMORY_USAGE, Metrics.CPU_USAGE)) {
            Points points = pod.points(metric, 0, Long.MAX_VALUE);
            long before = 0;
            for (int i = 0; i < points.size(); i++) {
                if (points.bits(i) != points.tickMillis(i) || points.tickMillis(i) <= before) {
                    torn.add(points.toString());
                }
                before = points.tickMillis(i);
            }
        }
    }
}
