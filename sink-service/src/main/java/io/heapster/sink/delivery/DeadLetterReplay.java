package io.heapster.sink.delivery;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.MalformedEventException;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.sink.ingest.DeadLetter;
import io.heapster.sink.ingest.KeptLetter;
import io.heapster.sink.spi.Sink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters of one sink to its backend once more. A letter stays on its topic whatever becomes of it, and since
 * a second write of a point changes nothing, so does a second replay. For one thread.
 */
public final class DeadLetterReplay {

    /**
     * Which letters.
     *
     * @param sink name of the sink that put them aside
     * @param reason what their reason contains, in letters of any case; empty = any
     * @param sinceMillis when they were put aside, at the earliest
     * @param untilMillis and before when
     */
    public record Choice(String sink, String reason, long sinceMillis, long untilMillis) {
        private boolean has(KeptLetter kept) {
            return kept.letter().sink().equals(sink)
                    && kept.letter().reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT))
                    && kept.keptMillis() >= sinceMillis
                    && kept.keptMillis() < untilMillis;
        }
    }

    /**
     * What became of them so far; an event counts as a point.
     *
     * @param read letters looked at, also those of other sinks
     * @param chosen letters that are to be replayed
     * @param points what the chosen ones hold, as far as they can be decoded
     * @param written points the backend has taken
     * @param refused points it still refuses
     * @param filtered points that the sink's options leave out by now
     * @param unreadable letters that are neither samples nor an event, or were too large to be kept with their value
     */
    public record Count(
            long read, long chosen, long points, long written, long refused, long filtered, long unreadable) {}

    private final Choice choice;
    private final @Nullable RetryingWriter writer;
    private final Selection selection;
    private final boolean takesEvents;
    private final int pointsPerWrite;
    private final Progress progress;
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final List<Parcel> waiting = new ArrayList<>();
    private int waitingPoints;
    private long read;
    private long chosen;
    private long points;
    private long unreadable;

    /** @param dryRun whether letters are only counted */
    public DeadLetterReplay(
            Choice choice, Sink sink, Reduction reduction, DeliverySettings settings, boolean dryRun, Clock clock) {
        this.choice = choice;
        this.selection = reduction.selection();
        this.takesEvents = sink.takesEvents();
        this.pointsPerWrite = sink.pointsPerWrite();
        this.progress = new Progress(choice.sink(), new SimpleMeterRegistry(), clock);
        Backoff backoff = new Backoff(settings.firstBackoff(), settings.longestBackoff(), RandomGenerator.getDefault());
        this.writer = dryRun
                ? null
                : new RetryingWriter(
                        choice.sink(),
                        sink,
                        stillRefused -> {},
                        origin -> true,
                        progress,
                        backoff,
                        pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()));
    }

    /** Takes the next letters in the order they lie; waits for the backend as long as it takes. */
    public void add(List<KeptLetter> letters) throws InterruptedException {
        for (KeptLetter kept : letters) {
            read++;
            if (choice.has(kept)) {
                chosen++;
                reasons.merge(kept.letter().reason(), 1L, Long::sum);
                add(kept.letter());
            }
        }
    }

    private void add(DeadLetter letter) throws InterruptedException {
        if (letter.origin().topic().equals(Topics.EVENTS.name())) {
            addEvent(letter);
        } else {
            addSamples(letter);
        }
    }

    private void addEvent(DeadLetter letter) throws InterruptedException {
        EventRecord event = decodedEvent(letter);
        if (event == null) {
            unreadable++;
            return;
        }
        points++;
        if (!takesEvents || !selection.wants(event)) {
            progress.filteredEvent();
        } else if (writer != null) {
            writer.write(new EventLoad(List.of(new EventParcel(letter.origin(), event))));
        }
    }

    private static @Nullable EventRecord decodedEvent(DeadLetter letter) {
        try {
            return letter.value().length == 0 ? null : EventCodec.decode(letter.value());
        } catch (MalformedEventException e) {
            return null;
        }
    }

    private void addSamples(DeadLetter letter) throws InterruptedException {
        SampleBatch batch = decoded(letter);
        if (batch == null) {
            unreadable++;
            return;
        }
        points += batch.sampleCount();
        SampleBatch wanted = selection.isEverything() ? batch : selection.of(batch);
        progress.filtered(batch.sampleCount() - wanted.sampleCount());
        waiting.add(new Parcel(letter.origin(), wanted));
        waitingPoints += wanted.sampleCount();
        if (waitingPoints >= pointsPerWrite) {
            finish();
        }
    }

    private @Nullable SampleBatch decoded(DeadLetter letter) {
        try {
            return letter.value().length == 0 ? null : decoder.decode(letter.value());
        } catch (MalformedBatchException | RuntimeException e) {
            // Bytes from anywhere must not end the replay, whatever they make the decoder do.
            return null;
        }
    }

    /** Writes what is left. */
    public void finish() throws InterruptedException {
        if (writer != null && waitingPoints > 0) {
            writer.write(List.copyOf(waiting));
        }
        waiting.clear();
        waitingPoints = 0;
    }

    public Count count() {
        SinkStatus.PointCounts ofPoints = progress.status("", 0).points();
        SinkStatus.PointCounts ofEvents = progress.status("", 0).events();
        return new Count(
                read,
                chosen,
                points,
                ofPoints.written() + ofEvents.written(),
                ofPoints.rejected() + ofEvents.rejected(),
                ofPoints.filtered() + ofEvents.filtered(),
                unreadable);
    }

    /** How many of the chosen letters give each reason. */
    public Map<String, Long> reasons() {
        return Map.copyOf(reasons);
    }

    /** What the backend last said instead of yes; null when it never did. */
    public @Nullable String lastError() {
        return progress.status("", 0).lastError();
    }
}
