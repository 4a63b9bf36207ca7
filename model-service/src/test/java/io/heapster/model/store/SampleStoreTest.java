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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SampleStoreTest {
    private static final long RESOLUTION = 30_000;
    private static final long START = 1_795_257_000_000L;
    private static final NodeKey NODE = new NodeKey("default", "n1");

    private final AdjustableClock clock = new AdjustableClock(START);
    private final CountedRejections rejections = new CountedRejections();

    private SampleStore store(int entities) {
        return new SampleStore(
                new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), entities, 2, 20), clock, rejections);
    }

    /** One that merges to 30 s. */
    private SampleStore merging(long points) {
        return new SampleStore(
                new StoreLimits(
                        Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofMinutes(2), 100, points, 2, 20),
                clock,
                rejections);
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

        assertThat(new RowReader().readLatest(pod, both, START, read))
                .isEqualTo(new Measurement(START + 2 * RESOLUTION, START + 2 * RESOLUTION + 10_200, RESOLUTION + 100));
        assertThat(read).hasToString("{cpu/usage_rate=102, memory/usage=9}");
        assertThat(new RowReader().readLatest(pod, both, START + 3 * RESOLUTION, read))
                .isNull();
        assertThat(new RowReader().readLatest(pod, List.of(Metrics.CPU_LIMIT), START, read))
                .isNull();
        assertThat(read.size()).isEqualTo(2);
        assertThat(new RowReader().readLatest(pod, List.of(Metrics.MEMORY_USAGE), START, new Samples()))
                .isEqualTo(new Measurement(START + 3 * RESOLUTION, START + 3 * RESOLUTION, RESOLUTION - 10_200));
    }

    @Test
    void aFirstRowHasNoWindow() {
        SampleStore store = store(100);
        store.put(batch(START, podUsing("web", "a", 1, 7)));
        EntityHistory pod = Objects.requireNonNull(
                Objects.requireNonNull(store.cluster("default")).pod("shop", "web"));

        assertThat(new RowReader().readLatest(pod, List.of(Metrics.MEMORY_USAGE), START, new Samples()))
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
    void finerRowsBecomeOneWhenTheSecondBucketAfterThemBegins() {
        SampleStore store = merging(0);
        for (int row = 0; row < 3; row++) {
            clock.set(START + row * 10_000L);
            Entity pod = podUsing("web", "a", 1, 10 + row);
            pod.samples().add(Metrics.CPU_USAGE, 100L * row);
            pod.measured(clock.millis() + 5_000);
            store.put(SampleBatch.ok(NODE, clock.millis(), 10_000, List.of(pod)));
        }
        assertThat(memoryOf(store, "web"))
                .isEqualTo("memory/usage %d=10 %d=11 %d=12", START, START + 10_000, START + 20_000);

        clock.set(START + 40_000);
        store.put(SampleBatch.ok(NODE, clock.millis(), 10_000, List.of(podUsing("web", "a", 1, 20))));
        Entity late = podUsing("web", "a", 1, 14);
        late.samples().add(Metrics.CPU_USAGE, 100L);
        late.measured(START + 15_000);
        store.put(SampleBatch.ok(NODE, START + 10_000, 10_000, List.of(late)));
        assertThat(memoryOf(store, "web"))
                .isEqualTo(
                        "memory/usage %d=10 %d=14 %d=12 %d=20", START, START + 10_000, START + 20_000, START + 40_000);
        assertThat(store.isMerged(cluster(store), START, 10_000)).isFalse();

        clock.set(START + 60_000);
        store.put(SampleBatch.ok(NODE, clock.millis(), 10_000, List.of(podUsing("web", "a", 1, 30))));
        store.put(SampleBatch.ok(NODE, START + 10_000, 10_000, List.of(podUsing("web", "a", 1, 99))));

        EntityHistory pod = Objects.requireNonNull(cluster(store).pod("shop", "web"));
        assertThat(memoryOf(store, "web"))
                .isEqualTo("memory/usage %d=12 %d=20 %d=30", START, START + 40_000, START + 60_000);
        assertThat(store.isMerged(cluster(store), START, 10_000)).isTrue();
        assertThat(store.isMerged(cluster(store), START, 60_000)).isFalse();
        assertThat(pod.points(Metrics.CPU_USAGE, 0, Long.MAX_VALUE)).hasToString("cpu/usage " + START + "=200");
        assertThat(new RowReader().readLatest(pod, List.of(Metrics.CPU_USAGE), 0, new Samples()))
                .isEqualTo(new Measurement(START, START + 25_000, 0));
        assertThat(rejections.points()).containsExactly(Map.entry(RejectionReason.MERGED, 1));
    }

    @Test
    void coarserRowsStayAsTheyCameAndMayComeLate() {
        SampleStore store = merging(0);
        clock.set(START + 120_000);
        for (long tick : new long[] {START, START + 120_000, START + 60_000}) {
            store.put(SampleBatch.ok(NODE, tick, 60_000, List.of(podUsing("web", "a", 1, tick - START))));
        }

        assertThat(memoryOf(store, "web"))
                .isEqualTo("memory/usage %d=0 %d=60000 %d=120000", START, START + 60_000, START + 120_000);
        assertThat(rejections.points()).isEmpty();
    }

    @Test
    void pointsBeyondTheLimitAreRefusedAndCountedUntilOthersLeaveTheWindow() {
        SampleStore store = merging(31);
        for (int tick = 0; tick < 100; tick++) {
            clock.set(START + tick * RESOLUTION);
            store.put(batch(clock.millis(), podUsing("web", "a", 1, tick)));
            if (tick % 10 == 9) {
                store.put(batch(clock.millis(), podUsing("late", "b", 1, tick)));
                store.expire();
            }
        }

        EntityHistory pod = Objects.requireNonNull(
                Objects.requireNonNull(store.cluster("default")).pod("shop", "web"));
        assertThat(pod.points(Metrics.MEMORY_USAGE, clock.millis() - 27 * RESOLUTION, Long.MAX_VALUE)
                        .size())
                .isGreaterThan(24);
        assertThat(store.census().points()).isLessThanOrEqualTo(31);
        assertThat(rejections.points()).containsOnlyKeys(RejectionReason.POINTS);
    }

    @Test
    void deletedPodsLeaveWhenTheirLastRowLeavesTheWindow() {
        SampleStore store = store(100);
        store.put(batch(START, podUsing("gone", "a", 1, 7), podUsing("web", "b", 1, 7)));
        clock.set(START + 900_000);
        store.put(batch(clock.millis(), podUsing("web", "b", 1, 8)));
        store.expire();
        assertThat(store.census().entities(EntityType.POD)).isEqualTo(2);

        clock.set(START + 900_001);
        store.expire();

        assertThat(store.census().entities(EntityType.POD)).isEqualTo(1);
        assertThat(Objects.requireNonNull(store.cluster("default")).pod("shop", "gone"))
                .isNull();
    }

    /** Pods come and go for hours: what is held is bounded by what lived within the window. */
    @Property(tries = 20)
    void churnDoesNotAddUp(@ForAll long seed) {
        Random random = new Random(seed);
        clock.set(START);
        SampleStore store = store(1_000_000);
        int pods = 0;
        for (int tick = 0; tick < 300; tick++) {
            clock.set(START + tick * RESOLUTION);
            Entity[] alive = new Entity[5];
            for (int i = 0; i < alive.length; i++) {
                if (random.nextInt(3) == 0) {
                    pods++;
                }
                alive[i] = podUsing("web-" + i + "-" + pods, "uid", 1, random.nextInt(1_000) * 4096L);
            }
            store.put(batch(clock.millis(), alive));
            store.expire();
            assertThat(store.census().entities(EntityType.POD)).isLessThanOrEqualTo(31 * alive.length);
            assertThat(store.census().points()).isLessThanOrEqualTo(2L * 31 * alive.length);
            assertThat(store.census().bytes()).isLessThan(31L * alive.length * 400 + 1_000);
        }
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
        for (int step = 0; step < 6_000; step++) {
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

    @Test
    void readersSeeWholeRowsWhileRowsAreMerged() throws InterruptedException {
        SampleStore store = merging(0);
        List<String> torn = Collections.synchronizedList(new ArrayList<>());
        var done = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            Samples row = new Samples();
            while (!done.get()) {
                ClusterHistory cluster = store.cluster("default");
                EntityHistory pod = cluster == null ? null : cluster.pod("shop", "web");
                row.clear();
                if (pod != null
                        && new RowReader().readLatest(pod, List.of(Metrics.MEMORY_USAGE, Metrics.MEMORY_RSS), 0, row)
                                != null
                        && row.bits(0) != row.bits(1)) {
                    torn.add(row.toString());
                }
            }
        });
        reader.start();
        for (int step = 0; step < 20_000; step++) {
            clock.set(START + step * 5_000L);
            Entity pod = podUsing("web", "a", 1, clock.millis());
            pod.samples().add(Metrics.MEMORY_RSS, clock.millis());
            store.put(SampleBatch.ok(NODE, clock.millis(), 5_000, List.of(pod)));
        }
        done.set(true);
        reader.join();

        assertThat(torn).isEmpty();
    }

    private static ClusterHistory cluster(SampleStore store) {
        return Objects.requireNonNull(store.cluster("default"));
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
