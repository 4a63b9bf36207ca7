package io.heapster.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SinkDeliveryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aBackendThatHangsBoundsWhatIsTakenAndTheMembershipLives() throws Exception {
        FakeIntake intake = new FakeIntake();
        for (int tick = 0; tick < 1_000; tick++) {
            intake.produce(TestBatches.node("a", tick, 20));
        }
        CountDownLatch hanging = new CountDownLatch(1);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SinkDelivery delivery = new SinkDelivery(
                "slow",
                "log",
                new HangingSink(hanging),
                intake,
                new KeptLetters(),
                new DeliverySettings(50_000, Duration.ofMillis(10), Duration.ofMillis(10)),
                registry,
                Clock.systemUTC());
        delivery.start();
        await().atMost(PATIENCE).until(() -> intake.polls() > 5 && !intake.taking());

        assertThat(intake.committed()).isZero();
        await().atMost(PATIENCE).until(() -> delivery.sinceMoved().compareTo(Duration.ofSeconds(5)) < 0);
        assertThat(registry.get("heapster.sink.delay").gauge().value()).isPositive();

        hanging.countDown();
        await().atMost(PATIENCE).until(() -> intake.committed() == intake.produced());
        delivery.close(PATIENCE);
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.STOPPED);
    }

    @Test
    void whatWaitsIsBoundedThroughAnOutageAndTheCatchUp() throws Exception {
        FakeIntake intake = new FakeIntake();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicLong most = new AtomicLong();
        Gauge[] buffered = new Gauge[1];
        Sink sink = new CallingSink(batches -> {
            most.accumulateAndGet((long) Objects.requireNonNull(buffered[0]).value(), Math::max);
            return away.get() ? new WriteOutcome.RetryLater("away") : WriteOutcome.ACCEPTED;
        });
        long bound = 50_000;
        SinkDelivery delivery = delivery(sink, intake, bound, Reduction.none(), registry);
        buffered[0] = registry.get("heapster.sink.buffered").gauge();
        long largest = 0;
        for (int tick = 0; tick < 3_000; tick++) {
            largest = Math.max(largest, intake.produce(TestBatches.node("a", tick, 20)));
        }
        delivery.start();
        await().atMost(PATIENCE).until(() -> intake.polls() > 50 && !intake.taking());
        double during = buffered[0].value();
        away.set(false);
        await().atMost(PATIENCE).until(() -> intake.committed() == intake.produced());
        delivery.close(PATIENCE);

        // One poll brings up to 100 records, which are wanted as long as less than the bound waits.
        assertThat((long) during).isPositive().isLessThan(bound + 100 * largest);
        assertThat(most.get()).isLessThan(bound + 100 * largest);
        assertThat(buffered[0].value()).isZero();
        assertThat(delivery.status().points().written())
                .isEqualTo(3_000L * TestBatches.node("a", 0, 20).sampleCount());
    }

    @Test
    void pointsNobodyWantsAreCountedAndTheirRecordsCommitted() throws Exception {
        FakeIntake intake = new FakeIntake();
        AtomicLong written = new AtomicLong();
        Sink sink = new CallingSink(batches -> {
            written.addAndGet(Points.count(batches));
            return WriteOutcome.ACCEPTED;
        });
        SinkDelivery delivery =
                delivery(sink, intake, 50_000, reduction("types=node&metrics=cpu/*"), new SimpleMeterRegistry());
        SampleBatch batch = TestBatches.node("a", 0, 2);
        intake.produce(batch);
        delivery.start();
        await().atMost(PATIENCE).until(() -> intake.committed() == intake.produced());
        delivery.close(PATIENCE);

        assertThat(written).hasValue(2);
        assertThat(delivery.status().points().written()).isEqualTo(2);
        assertThat(delivery.status().points().filtered()).isEqualTo(batch.sampleCount() - 2);
        assertThat(delivery.status().points().rejected()).isZero();
    }

    @Test
    void aCoarserResolutionWritesWholeWindowsInWritesOfTheUsualSizeAndCommitsBehindThem() throws Exception {
        FakeIntake intake = new FakeIntake();
        List<List<SampleBatch>> writes = new CopyOnWriteArrayList<>();
        Sink sink = new CallingSink(batches -> {
            writes.add(List.copyOf(batches));
            return WriteOutcome.ACCEPTED;
        });
        SinkDelivery delivery = delivery(sink, intake, 50_000, reduction("resolution=5m"), new SimpleMeterRegistry());
        int nodes = 40;
        for (int tick = 0; tick < 7; tick++) {
            for (int node = 0; node < nodes; node++) {
                intake.produce(TestBatches.node("n" + node, tick, 5));
            }
        }
        delivery.start();
        await().atMost(PATIENCE).until(() -> intake.committed() == 5L * nodes);
        delivery.close(PATIENCE);

        assertThat(writes).hasSizeGreaterThan(1).allSatisfy(batches -> assertThat(Points.count(batches))
                .isLessThan(1_000 + TestBatches.node("a", 0, 5).sampleCount()));
        assertThat(writes.stream().flatMap(List::stream))
                .hasSize(nodes)
                .allSatisfy(batch -> assertThat(batch.tickMillis()).isEqualTo(TestBatches.TICK));
        assertThat(intake.committed()).isEqualTo(5L * nodes);
        assertThat(delivery.status().points().merged())
                .isEqualTo(4L * nodes * TestBatches.node("a", 0, 5).sampleCount());
    }

    private static Reduction reduction(String options) {
        return Reduction.of(ComponentUri.parse("log:?" + options, Map.of()), Set.of());
    }

    private static SinkDelivery delivery(
            Sink sink, FakeIntake intake, long bytes, Reduction reduction, SimpleMeterRegistry registry) {
        return new SinkDelivery(
                "it",
                "log",
                sink,
                intake,
                new KeptLetters(),
                new DeliverySettings(bytes, Duration.ofMillis(5), Duration.ofMillis(20)),
                reduction,
                registry,
                Clock.systemUTC());
    }

    @Test
    void aShutdownDoesNotWaitForABackendBeyondItsDeadline() throws Exception {
        FakeIntake intake = new FakeIntake();
        intake.produce(TestBatches.node("a", 0, 1));
        SinkDelivery delivery = new SinkDelivery(
                "dead",
                "log",
                new HangingSink(new CountDownLatch(1)),
                intake,
                new KeptLetters(),
                new DeliverySettings(50_000, Duration.ofMillis(10), Duration.ofMillis(10)),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        delivery.start();
        await().atMost(PATIENCE).until(() -> delivery.status().delaySeconds() > 0);
        long begin = System.nanoTime();
        delivery.close(Duration.ofMillis(200));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
        assertThat(intake.closed()).isTrue();
        assertThat(intake.committed()).isZero();
    }

    /** Answers as a test says. */
    private record CallingSink(Function<List<SampleBatch>, WriteOutcome> backend) implements Sink {
        @Override
        public int pointsPerWrite() {
            return 1_000;
        }

        @Override
        public void open() {}

        @Override
        public WriteOutcome write(List<SampleBatch> batches) {
            return backend.apply(batches);
        }

        @Override
        public void close() {}
    }

    /** Takes no write before it is told to. */
    private record HangingSink(CountDownLatch until) implements Sink {
        @Override
        public int pointsPerWrite() {
            return 1_000;
        }

        @Override
        public void open() {}

        @Override
        public WriteOutcome write(List<SampleBatch> batches) throws InterruptedException {
            until.await();
            return WriteOutcome.ACCEPTED;
        }

        @Override
        public void close() {}
    }
}
