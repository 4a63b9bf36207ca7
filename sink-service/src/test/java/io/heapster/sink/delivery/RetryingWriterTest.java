package io.heapster.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.sink.ingest.DeadLetter;
import io.heapster.sink.ingest.DeadLetters;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import io.heapster.sink.spi.WriteOutcome.TooLarge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RetryingWriterTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Progress progress = new Progress("it", registry, Clock.systemUTC());
    private final KeptLetters letters = new KeptLetters();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<List<SampleBatch>> writes = new ArrayList<>();
    private boolean owned = true;

    @Test
    void aMetricRefusedInEveryEntityIsFoundInFewWrites() throws Exception {
        List<Parcel> parcels = parcels(TestBatches.node("a", 0, 50), TestBatches.node("b", 0, 50));
        int points = Points.count(Parcel.batches(parcels));
        writer(batches -> {
                    int bad = countOf(batches, Metrics.MEMORY_USAGE);
                    if (bad == 0) {
                        return WriteOutcome.ACCEPTED;
                    }
                    return bad == Points.count(batches)
                            ? new Rejected(Points.all(bad), "type")
                            : new Suspect("type", Suspicion.METRIC);
                })
                .write(parcels);

        assertThat(letters.letters()).hasSize(2).allSatisfy(letter -> {
            SampleBatch kept = decoded(letter);
            assertThat(countOf(List.of(kept), Metrics.MEMORY_USAGE)).isEqualTo(101);
            assertThat(kept.sampleCount()).isEqualTo(letter.points()).isEqualTo(101);
            assertThat(kept.tickMillis()).isEqualTo(TestBatches.TICK);
            assertThat(letter.reason()).isEqualTo("type");
            assertThat(letter.sink()).isEqualTo("it");
        });
        assertThat(letters.letters())
                .extracting(letter -> letter.origin().offset())
                .containsExactly(0L, 1L);
        assertThat(count("written")).isEqualTo(points - 202);
        assertThat(count("rejected")).isEqualTo(202);
        assertThat(writes).hasSizeLessThan(8);
    }

    @Test
    void onePoisonedEntityIsFoundByHalvingAndNothingElseIsPutAside() throws Exception {
        SampleBatch healthy = TestBatches.node("a", 0, 100);
        SampleBatch poison = TestBatches.onePod("a", 0, "poison");
        writer(batches ->
                        holds(batches, "poison") ? new Suspect("unreadable", Suspicion.ENTITY) : WriteOutcome.ACCEPTED)
                .write(parcels(healthy, poison));

        assertThat(letters.points()).isEqualTo(poison.sampleCount());
        assertThat(letters.letters())
                .allSatisfy(letter -> assertThat(letter.origin().offset()).isEqualTo(1));
        assertThat(count("written")).isEqualTo(healthy.sampleCount());
        assertThat(writes).hasSizeLessThan(50);
    }

    @Test
    void pointsRejectedByNumberArePutAsideWithoutAnotherWrite() throws Exception {
        BitSet refused = new BitSet();
        refused.set(1);
        refused.set(4);
        SampleBatch batch = TestBatches.node("a", 0, 2);
        writer(batches -> new Rejected(refused, "older than the last")).write(parcels(batch));

        assertThat(writes).hasSize(1);
        SampleBatch kept = decoded(letters.letters().get(0));
        assertThat(kept.entities()).hasSize(1);
        assertThat(kept.entities().get(0).samples().metricId(0)).isEqualTo(Metrics.CPU_USAGE_RATE.id());
        assertThat(kept.entities().get(0).resources().get(0).labels().get(LabelKey.RESOURCE_ID))
                .isEqualTo("/");
        assertThat(count("written")).isEqualTo(batch.sampleCount() - 2);
    }

    @Test
    void aSinglePointThatIsTooLargeIsPutAside() throws Exception {
        SampleBatch batch = TestBatches.onePod("a", 0, "fat");
        writer(batches -> new TooLarge("413")).write(parcels(batch));

        assertThat(letters.letters()).hasSize(batch.sampleCount());
        assertThat(registry.get("heapster.sink.dead.letters")
                        .tag("reason", "too_large")
                        .counter()
                        .count())
                .isEqualTo(batch.sampleCount());
    }

    @Test
    void aDefectThatOnePointBringsToLightCostsOnlyThatPoint() throws Exception {
        writer(batches -> {
                    if (holds(batches, "trigger")) {
                        throw new IllegalStateException("a defect");
                    }
                    return WriteOutcome.ACCEPTED;
                })
                .write(parcels(TestBatches.node("a", 0, 5), TestBatches.onePod("a", 0, "trigger")));

        assertThat(letters.points()).isEqualTo(4);
        assertThat(letters.letters().get(0).reason()).contains("a defect");
    }

    @Test
    void theBackendIsAskedAgainWithGrowingPausesUntilItTakesThePoints() throws Exception {
        writer(batches -> writes.size() <= 6 ? new RetryLater("away") : WriteOutcome.ACCEPTED)
                .write(parcels(TestBatches.node("a", 0, 1)));

        assertThat(pauses).hasSize(6);
        assertThat(pauses.get(5)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(letters.letters()).isEmpty();
    }

    @Test
    void theBackendsOwnWishForAPauseIsHeardButNotForEver() throws Exception {
        writer(batches -> switch (writes.size()) {
                    case 1 -> new RetryLater("busy", Duration.ofSeconds(20));
                    case 2 -> new RetryLater("busy", Duration.ofDays(20));
                    default -> WriteOutcome.ACCEPTED;
                })
                .write(parcels(TestBatches.node("a", 0, 1)));

        assertThat(pauses).containsExactly(Duration.ofSeconds(20), Duration.ofMinutes(5));
    }

    @Test
    void aPartitionThatWentToAnotherProcessIsNoLongerRetried() throws Exception {
        writer(batches -> {
                    owned = false;
                    return new RetryLater("away");
                })
                .write(parcels(TestBatches.node("a", 0, 1)));

        assertThat(writes).hasSize(1);
        assertThat(count("written")).isZero();
    }

    @Test
    void aDeadLetterThatIsNotKeptIsSentAgainBeforeAnythingElse() throws Exception {
        int[] failures = {2};
        DeadLetters unwilling = letter -> {
            if (failures[0]-- > 0) {
                throw new IOException("Kafka is away");
            }
            letters.put(letter);
        };
        writer(batches -> new Rejected(Points.all(1), "no"), unwilling).write(parcels(TestBatches.onePod("a", 0, "p")));

        assertThat(letters.letters()).hasSize(1);
        assertThat(pauses).hasSize(2);
        assertThat(count("rejected")).isEqualTo(1);
    }

    @Test
    void aSinkThatDoesNotOpenIsOpenedAgainWhateverItThrows() throws Exception {
        int[] attempts = {0};
        Sink sink = new FakeSink(batches -> WriteOutcome.ACCEPTED) {
            @Override
            public void open() throws IOException {
                attempts[0]++;
                if (attempts[0] == 1) {
                    throw new IOException("away");
                }
                if (attempts[0] == 2) {
                    throw new IllegalStateException("odd");
                }
            }
        };
        writer(sink, letters).write(parcels(TestBatches.node("a", 0, 1)));

        assertThat(attempts[0]).isEqualTo(3);
        assertThat(letters.letters()).isEmpty();
        assertThat(count("written")).isPositive();
    }

    private class FakeSink implements Sink {
        private final Function<List<SampleBatch>, WriteOutcome> backend;

        FakeSink(Function<List<SampleBatch>, WriteOutcome> backend) {
            this.backend = backend;
        }

        @Override
        public int pointsPerWrite() {
            return 1_000;
        }

        @Override
        public void open() throws IOException {}

        @Override
        public WriteOutcome write(List<SampleBatch> batches) {
            writes.add(batches);
            return backend.apply(batches);
        }

        @Override
        public void close() {}
    }

    private RetryingWriter writer(Function<List<SampleBatch>, WriteOutcome> backend) {
        return writer(backend, letters);
    }

    private RetryingWriter writer(Function<List<SampleBatch>, WriteOutcome> backend, DeadLetters to) {
        return writer(new FakeSink(backend), to);
    }

    private RetryingWriter writer(Sink sink, DeadLetters to) {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1));
        return new RetryingWriter("it", sink, to, origin -> owned, progress, backoff, pauses::add);
    }

    private static List<Parcel> parcels(SampleBatch... batches) {
        List<Parcel> parcels = new ArrayList<>();
        for (SampleBatch batch : batches) {
            parcels.add(new Parcel(new Origin("heapster.samples", 3, parcels.size(), new byte[0]), batch));
        }
        return parcels;
    }

    private double count(String result) {
        return registry.get("heapster.sink.points")
                .tag("result", result)
                .counter()
                .count();
    }

    private static int countOf(List<SampleBatch> batches, Metric metric) {
        int count = 0;
        for (int id : Points.metricIds(batches)) {
            count += id == metric.id() ? 1 : 0;
        }
        return count;
    }

    private static boolean holds(List<SampleBatch> batches, String pod) {
        return batches.stream()
                .flatMap(batch -> batch.entities().stream())
                .anyMatch(entity -> entity.label(LabelKey.POD_NAME).equals(pod));
    }

    private static SampleBatch decoded(DeadLetter letter) throws MalformedBatchException {
        SampleBatch batch = new SampleBatchDecoder().decode(letter.value());
        Samples samples = batch.entities().get(0).samples();
        assertThat(samples).isNotNull();
        return batch;
    }
}
