package io.heapster.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.sink.ingest.DeadLetter;
import io.heapster.sink.ingest.KeptLetter;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.TestEvents;
import io.heapster.sink.spi.WriteOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterReplayTest {
    private static final EventRecord EVENT = TestEvents.of("u1", 1, "Back-off");
    private static final SampleBatch BATCH = TestBatches.node("a", 0, 1);

    private final Taking sink = new Taking();

    @Test
    void samplesAndEventsAreWrittenOnceMore() throws Exception {
        DeadLetterReplay.Count count = replay(
                false,
                letter(Topics.SAMPLES.name(), new SampleBatchEncoder().encode(BATCH)),
                letter(Topics.EVENTS.name(), EventCodec.encode(EVENT)));

        assertThat(sink.events).containsExactly(EVENT);
        assertThat(sink.points).isEqualTo(BATCH.sampleCount());
        assertThat(count.written()).isEqualTo(count.points()).isEqualTo(BATCH.sampleCount() + 1);
        assertThat(count.unreadable()).isZero();
    }

    @Test
    void whatCannotBeReadIsCountedAndEndsNothing() throws Exception {
        DeadLetterReplay.Count count = replay(
                false,
                letter(Topics.EVENTS.name(), new byte[] {7, 7, 7}),
                letter(Topics.EVENTS.name(), new byte[0]),
                letter(Topics.SAMPLES.name(), new byte[] {7, 7, 7}),
                letter(Topics.EVENTS.name(), EventCodec.encode(EVENT)));

        assertThat(count.unreadable()).isEqualTo(3);
        assertThat(sink.events).containsExactly(EVENT);
    }

    @Test
    void eventsOfASinkThatTakesNoneAnyMoreAreFiltered() throws Exception {
        sink.takesEvents = false;

        DeadLetterReplay.Count count = replay(false, letter(Topics.EVENTS.name(), EventCodec.encode(EVENT)));

        assertThat(count.filtered()).isEqualTo(1);
        assertThat(sink.events).isEmpty();
    }

    @Test
    void aDryRunCountsAndWritesNothing() throws Exception {
        DeadLetterReplay.Count count = replay(
                true,
                letter(Topics.SAMPLES.name(), new SampleBatchEncoder().encode(BATCH)),
                letter(Topics.EVENTS.name(), EventCodec.encode(EVENT)));

        assertThat(count.points()).isEqualTo(BATCH.sampleCount() + 1);
        assertThat(count.written()).isZero();
        assertThat(sink.events).isEmpty();
        assertThat(sink.points).isZero();
    }

    private DeadLetterReplay.Count replay(boolean dryRun, KeptLetter... letters) throws InterruptedException {
        DeadLetterReplay replay = new DeadLetterReplay(
                new DeadLetterReplay.Choice("it", "", 0, Long.MAX_VALUE),
                sink,
                Reduction.none(),
                new DeliverySettings(1 << 20, Duration.ofMillis(1), Duration.ofMillis(1)),
                dryRun,
                Clock.systemUTC());
        replay.add(List.of(letters));
        replay.finish();
        return replay.count();
    }

    private static KeptLetter letter(String topic, byte[] value) {
        return new KeptLetter(new DeadLetter("it", "refused", new Origin(topic, 0, 0, new byte[0]), 1, value), 1);
    }

    /** Takes all it is given. */
    private static final class Taking implements Sink {
        private final List<EventRecord> events = new ArrayList<>();
        private boolean takesEvents = true;
        private int points;

        @Override
        public int pointsPerWrite() {
            return 1;
        }

        @Override
        public void open() {}

        @Override
        public void close() {}

        @Override
        public boolean takesEvents() {
            return takesEvents;
        }

        @Override
        public WriteOutcome write(List<SampleBatch> batches) {
            points += batches.stream().mapToInt(SampleBatch::sampleCount).sum();
            return WriteOutcome.ACCEPTED;
        }

        @Override
        public WriteOutcome writeEvents(List<EventRecord> given) {
            events.addAll(given);
            return WriteOutcome.ACCEPTED;
        }
    }
}
