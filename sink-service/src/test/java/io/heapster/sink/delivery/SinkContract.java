package io.heapster.sink.delivery;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every sink must hold, shown against its real backend through the delivery as it runs in production. */
public abstract class SinkContract {

    /** A point as a backend has it. */
    public record Stored(
            String metric, String node, String pod, String container, String resource, long tickMillis, double value) {}

    /** The other end of a sink, with nothing stored at first. */
    public interface Backend extends AutoCloseable {
        /** A new sink that writes here. */
        Sink sink();

        /** Every point stored, as often as it is stored. */
        List<Stored> stored() throws Exception;

        void goAway() throws Exception;

        void comeBack() throws Exception;

        /** Refuses the next writes because there are too many. */
        void overload(int writes);

        /** Takes only small writes from now on. */
        void shrink(int writes);

        /** A pod's batch this backend will never take. */
        SampleBatch poison(int tick);

        /** How many points of {@link #poison} it refuses. */
        int poisonous();

        /** Whether a point written twice is there twice, as on an output that only grows. */
        default boolean keepsDoubles() {
            return false;
        }

        /** Whether a name comes back that has a backslash before a comma, a space or an equals sign. */
        default boolean takesAnyBackslash() {
            return true;
        }

        @Override
        void close() throws Exception;
    }

    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final DeliverySettings SETTINGS =
            new DeliverySettings(1 << 20, Duration.ofMillis(10), Duration.ofMillis(100));

    FakeIntake intake = new FakeIntake();
    final KeptLetters letters = new KeptLetters();
    Backend backend;
    SinkDelivery delivery;

    protected abstract Backend backend() throws Exception;

    @BeforeEach
    void start() throws Exception {
        backend = backend();
        deliver();
    }

    final void deliver() {
        delivery = new SinkDelivery(
                "it",
                "contract",
                backend.sink(),
                intake,
                letters,
                SETTINGS,
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        delivery.start();
    }

    @AfterEach
    void stop() throws Exception {
        delivery.close(Duration.ofSeconds(1));
        backend.close();
    }

    @Test
    void everyPointIsStoredWithItsTickAndValue() throws Exception {
        SampleBatch[] batches = {TestBatches.node("a", 0, 3), TestBatches.node("b", 0, 3), TestBatches.node("a", 1, 3)};
        write(batches);

        assertStored(batches);
        assertThat(delivery.status().points().written())
                .isEqualTo(expected(batches).size());
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.RUNNING);
    }

    @Test
    void writingAgainChangesNothing() throws Exception {
        SampleBatch batch = TestBatches.node("a", 0, 3);
        write(batch);
        write(batch, batch);

        assertStored(batch);
    }

    @Test
    void ticksOfANodeArriveInOrder() throws Exception {
        for (int tick = 0; tick < 50; tick++) {
            intake.produce(TestBatches.node("a", tick, 1));
        }
        awaitCommitted();

        List<Long> ticks = backend.stored().stream()
                .filter(p -> p.metric().equals("memory/usage") && p.pod().isEmpty())
                .map(Stored::tickMillis)
                .toList();
        assertThat(ticks).hasSize(50).isSorted();
    }

    @Test
    void aBatchWithoutPointsIsPassedOver() throws Exception {
        SampleBatch silent = SampleBatch.failed(
                new NodeKey("default", "a"), TestBatches.TICK, TestBatches.RESOLUTION, "timeout: no answer in 10 s");
        SampleBatch batch = TestBatches.node("a", 1, 1);
        write(silent, batch);

        assertStored(batch);
    }

    @Test
    void namesOfAnyScriptAndWithAnySignComeBackAsTheyWere() throws Exception {
        SampleBatch[] batches = {
            TestBatches.onePod("a", 0, "한국어 ünï 🚀"),
            TestBatches.onePod("a", 0, "a=b,c d\"e'f"),
            TestBatches.onePod("a", 0, backend.takesAnyBackslash() ? "back\\slash\\,comma\\ space" : "back\\slash"),
            TestBatches.onePod("a", 0, "{\"json\":[1]}")
        };
        write(batches);

        assertStored(batches);
    }

    @Test
    void aPoisonPointIsPutAsideAndTheRestGoesOn() throws Exception {
        SampleBatch before = TestBatches.node("a", 0, 2);
        SampleBatch after = TestBatches.node("a", 2, 2);
        intake.produce(before);
        intake.produce(backend.poison(1));
        intake.produce(after);
        awaitCommitted();

        assertThat(storedSet()).containsAll(expected(before, after));
        assertThat(letters.points()).isEqualTo(backend.poisonous());
        assertThat(delivery.status().points().rejected()).isEqualTo(backend.poisonous());
    }

    @Test
    void ofABatchPartlyRefusedTheRestIsStored() throws Exception {
        SampleBatch healthy = TestBatches.node("a", 0, 2);
        List<Entity> entities = new ArrayList<>(healthy.entities());
        entities.addAll(1, backend.poison(0).entities());
        write(SampleBatch.ok(healthy.nodeKey(), healthy.tickMillis(), healthy.resolutionMillis(), entities));

        assertThat(storedSet()).containsAll(expected(healthy));
        assertThat(letters.points()).isEqualTo(backend.poisonous());
    }

    @Test
    void aWriteOfNothingIsAccepted() throws Exception {
        write(SampleBatch.skipped(
                new NodeKey("default", "a"), TestBatches.TICK, TestBatches.RESOLUTION, "virtual: no kubelet"));

        assertThat(backend.stored()).isEmpty();
        assertThat(letters.letters()).isEmpty();
    }

    @Test
    void aKillBetweenWriteAndCommitGivesTheSamePoints() throws Exception {
        SampleBatch[] batches = {TestBatches.node("a", 0, 3), TestBatches.node("a", 1, 3)};
        write(batches);
        delivery.close(Duration.ofSeconds(1));

        // The next process knows nothing of what this one has committed.
        intake = new FakeIntake();
        deliver();
        SampleBatch more = TestBatches.node("a", 2, 3);
        write(batches[0], batches[1], more);

        assertStored(batches[0], batches[1], more);
    }

    @Test
    void bytesThatAreNoBatchArePutAsideAndTheRestGoesOn() throws Exception {
        SampleBatch batch = TestBatches.node("a", 0, 2);
        intake.produce(new byte[] {1, 2, 3, (byte) 0xff});
        intake.produce(batch);
        awaitCommitted();

        assertStored(batch);
        assertThat(letters.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).contains("not a sample batch");
            assertThat(letter.value()).containsExactly(1, 2, 3, 0xff);
        });
    }

    @Test
    void aWriteTooLargeIsDivided() throws Exception {
        backend.shrink(3);
        SampleBatch batch = TestBatches.node("a", 0, 20);
        write(batch);

        assertStored(batch);
        assertThat(letters.letters()).isEmpty();
    }

    @Test
    void anOverloadedBackendIsLeftAloneAndThenGetsEverything() throws Exception {
        backend.overload(3);
        SampleBatch batch = TestBatches.node("a", 0, 2);
        write(batch);

        assertStored(batch);
        assertThat(delivery.status().points().retried()).isEqualTo(3L * batch.sampleCount());
        assertThat(delivery.status().lastError()).isNotNull();
    }

    @Test
    void anOutageLosesNothingAndCommitsNothingUnaccepted() throws Exception {
        SampleBatch before = TestBatches.node("a", 0, 2);
        write(before);
        backend.goAway();
        SampleBatch during = TestBatches.node("a", 1, 2);
        intake.produce(during);
        await().atMost(PATIENCE).until(() -> delivery.status().state() == SinkStatus.State.WAITING);
        long polls = intake.polls();
        await().atMost(PATIENCE).until(() -> intake.polls() > polls + 3);
        assertThat(intake.committed()).isEqualTo(1);
        assertThat(delivery.sinceMoved()).isLessThan(PATIENCE);

        backend.comeBack();
        awaitCommitted();

        assertStored(before, during);
        await().atMost(PATIENCE).until(() -> delivery.status().state() == SinkStatus.State.RUNNING);
        assertThat(delivery.status().delaySeconds()).isZero();
    }

    @Test
    void aCleanShutdownWritesAndCommitsWhatWasTaken() throws Exception {
        List<SampleBatch> batches = new ArrayList<>();
        for (int tick = 0; tick < 20; tick++) {
            batches.add(TestBatches.node("a", tick, 5));
        }
        batches.forEach(intake::produce);
        await().atMost(PATIENCE).until(() -> intake.polls() > 1);
        delivery.close(Duration.ofSeconds(20));

        assertThat(intake.closed()).isTrue();
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.STOPPED);
        assertThat(intake.committed()).isEqualTo(20);
        assertStored(batches.toArray(SampleBatch[]::new));
    }

    private void write(SampleBatch... batches) {
        Arrays.stream(batches).forEach(intake::produce);
        awaitCommitted();
    }

    final void awaitCommitted() {
        await().atMost(PATIENCE).until(() -> intake.committed() == intake.produced());
    }

    final void assertStored(SampleBatch... batches) throws Exception {
        assertThat(storedSet()).isEqualTo(expected(batches));
        if (!backend.keepsDoubles()) {
            assertThat(backend.stored()).doesNotHaveDuplicates();
        }
    }

    private Set<Stored> storedSet() throws Exception {
        return Set.copyOf(backend.stored().stream().collect(toSet()));
    }

    private static Set<Stored> expected(SampleBatch... batches) {
        List<Stored> points = new ArrayList<>();
        for (SampleBatch batch : batches) {
            for (Entity entity : batch.entities()) {
                add(batch, entity, "", entity.samples(), points);
                for (ResourceSamples resource : entity.resources()) {
                    add(batch, entity, resource.labels().get(LabelKey.RESOURCE_ID), resource.samples(), points);
                }
            }
        }
        return Set.copyOf(points);
    }

    private static void add(SampleBatch batch, Entity entity, String resource, Samples samples, List<Stored> points) {
        for (int i = 0; i < samples.size(); i++) {
            points.add(new Stored(
                    samples.metric(i).name(),
                    entity.label(LabelKey.NODENAME),
                    entity.label(LabelKey.POD_NAME),
                    entity.label(LabelKey.CONTAINER_NAME),
                    resource,
                    batch.tickMillis(),
                    samples.doubleValue(i)));
        }
    }
}
