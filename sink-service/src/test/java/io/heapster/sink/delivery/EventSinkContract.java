package io.heapster.sink.delivery;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.ingest.DeadLetter;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every sink promises that takes Kubernetes events too. */
public abstract class EventSinkContract extends SinkContract {

    /** An event as a backend has it. */
    public record StoredEvent(String uid, String message, long millis) {}

    /** The other end of a sink that takes events. */
    public interface EventBackend extends Backend {
        /** Every event stored, as often as it is stored. */
        List<StoredEvent> storedEvents() throws Exception;

        /** An event this backend will never take, if there is any. */
        default Optional<EventRecord> poisonEvent() {
            return Optional.empty();
        }
    }

    @Override
    protected abstract EventBackend backend() throws Exception;

    private EventBackend eventBackend() {
        return (EventBackend) backend;
    }

    @Test
    void everyEventIsStoredAlsoBetweenSamplesAndWritingAgainChangesNothing() throws Exception {
        SampleBatch batch = TestBatches.node("a", 0, 3);
        EventRecord first = TestEvents.of("one", 1, "Started container app");
        EventRecord second = TestEvents.of("two", 2, "Back-off restarting failed container");
        intake.produce(first);
        intake.produce(batch);
        intake.produce(second);
        intake.produce(first);
        awaitCommitted();

        assertStored(batch);
        assertEvents(first, second);
        assertThat(delivery.status().events().written()).isEqualTo(3);
    }

    @Test
    void anEventThatHappensAgainIsStoredAgain() throws Exception {
        EventRecord once = TestEvents.of("one", 1, "happened");
        EventRecord again = TestEvents.of("one", 2, "happened");
        write(once, again);

        assertEvents(once, again);
    }

    @Test
    void aKillBetweenTheWriteOfEventsAndTheCommitGivesTheSameEvents() throws Exception {
        EventRecord first = TestEvents.of("one", 1, "happened");
        write(first);
        delivery.close(Duration.ofSeconds(1));

        intake = new FakeIntake();
        deliver();
        EventRecord second = TestEvents.of("two", 2, "happened");
        write(first, second);

        assertEvents(first, second);
    }

    @Test
    void eventsOfAnyScriptAndWithAnySignComeBackAsTheyWere() throws Exception {
        EventRecord[] events = {
            TestEvents.of("one", 1, "한국어 ünï 🚀"),
            TestEvents.of("two", 2, "a=b,c d\"e'f {\"json\":[1]}"),
            TestEvents.of("three", 3, "back\\slash and C:\\path\\"),
            TestEvents.of("four", 4, "two\nlines\tand a tab")
        };
        write(events);

        assertEvents(events);
    }

    @Test
    void aWriteOfEventsTooLargeIsDivided() throws Exception {
        backend.shrink(3);
        EventRecord[] events = new EventRecord[40];
        for (int i = 0; i < events.length; i++) {
            events[i] = TestEvents.of("event-" + i, i + 1, "x".repeat(2_000) + i);
        }
        write(events);

        // An event that came alone when its write was called too large cannot be divided.
        Set<String> kept = new HashSet<>();
        eventBackend().storedEvents().forEach(event -> kept.add(event.uid()));
        for (DeadLetter letter : letters.letters()) {
            kept.add(EventCodec.decode(letter.value()).uid());
        }
        assertThat(kept).hasSize(events.length);
        assertThat(letters.letters()).hasSizeLessThan(4);
    }

    @Test
    void aPoisonEventIsPutAsideAndTheRestGoesOn() throws Exception {
        EventRecord first = TestEvents.of("one", 1, "happened");
        EventRecord second = TestEvents.of("two", 2, "happened");
        List<byte[]> refused = new ArrayList<>();
        intake.produce(first);
        intake.produce(Topics.EVENTS.name(), new byte[] {1, 2, 3, (byte) 0xff});
        refused.add(new byte[] {1, 2, 3, (byte) 0xff});
        if (eventBackend().poisonEvent().isPresent()) {
            intake.produce(eventBackend().poisonEvent().get());
            refused.add(EventCodec.encode(eventBackend().poisonEvent().get()));
        }
        intake.produce(second);
        awaitCommitted();

        assertEvents(first, second);
        assertThat(letters.letters()).extracting(DeadLetter::value).containsExactlyInAnyOrderElementsOf(refused);
        assertThat(letters.letters())
                .extracting(letter -> letter.origin().topic())
                .containsOnly(Topics.EVENTS.name());
        assertThat(delivery.status().events().rejected()).isEqualTo(refused.size() - 1L);
    }

    @Test
    void anOutageLosesNoEvent() throws Exception {
        EventRecord before = TestEvents.of("one", 1, "happened");
        write(before);
        backend.goAway();
        EventRecord during = TestEvents.of("two", 2, "happened");
        intake.produce(during);
        await().atMost(PATIENCE).until(() -> delivery.status().state() == SinkStatus.State.WAITING);
        assertThat(intake.committed()).isEqualTo(1);
        backend.comeBack();
        awaitCommitted();

        assertEvents(before, during);
        assertThat(delivery.status().events().retried()).isPositive();
    }

    private void write(EventRecord... events) {
        Arrays.stream(events).forEach(intake::produce);
        awaitCommitted();
    }

    private void assertEvents(EventRecord... events) throws Exception {
        List<StoredEvent> stored = eventBackend().storedEvents();
        if (!backend.keepsDoubles()) {
            assertThat(stored).doesNotHaveDuplicates();
        }
        assertThat(Set.copyOf(stored))
                .isEqualTo(Arrays.stream(events)
                        .map(event -> new StoredEvent(event.uid(), event.message(), event.lastMillis()))
                        .collect(toSet()));
    }
}
