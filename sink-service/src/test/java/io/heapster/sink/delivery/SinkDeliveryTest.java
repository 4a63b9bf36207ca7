package io.heapster.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SinkDeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
        assertThat(delivery.sinceMoved()).isLessThan(Duration.ofSeconds(5));
        assertThat(registry.get("heapster.sink.delay").gauge().value()).isPositive();

        hanging.countDown();
        await().atMost(PATIENCE).until(() -> intake.committed() == intake.produced());
        delivery.close(PATIENCE);
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.STOPPED);
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

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(intake.closed()).isTrue();
        assertThat(intake.committed()).isZero();
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
