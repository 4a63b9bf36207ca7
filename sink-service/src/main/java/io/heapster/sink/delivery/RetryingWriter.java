package io.heapster.sink.delivery;

import io.heapster.sink.delivery.Progress.Cargo;
import io.heapster.sink.delivery.Progress.Refusal;
import io.heapster.sink.ingest.DeadLetter;
import io.heapster.sink.ingest.DeadLetters;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Accepted;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import io.heapster.sink.spi.WriteOutcome.TooLarge;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets loads accepted. When {@link #write} returns, each point or event is in the backend, or kept as a dead letter because the
 * backend will never take it, or its partition now belongs to another process. For one thread.
 */
final class RetryingWriter {
    /** Waits; ends early when the process shuts down. */
    interface Waiting {
        void sleep(Duration duration) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(RetryingWriter.class);

    private final String name;
    private final Sink sink;
    private final DeadLetters deadLetters;
    private final Predicate<Origin> owned;
    private final Progress progress;
    private final Backoff backoff;
    private final Waiting waiting;
    private boolean open;
    private String whyNotOpen = "";

    RetryingWriter(
            String name,
            Sink sink,
            DeadLetters deadLetters,
            Predicate<Origin> owned,
            Progress progress,
            Backoff backoff,
            Waiting waiting) {
        this.name = name;
        this.sink = sink;
        this.deadLetters = deadLetters;
        this.owned = owned;
        this.progress = progress;
        this.backoff = backoff;
        this.waiting = waiting;
    }

    void write(List<Parcel> parcels) throws InterruptedException {
        write(new SampleLoad(parcels));
    }

    void write(Load load) throws InterruptedException {
        Deque<Load> parts = new ArrayDeque<>();
        parts.push(load);
        while (!parts.isEmpty()) {
            Load part = parts.pop();
            int count = part.count();
            WriteOutcome outcome = attempt(part);
            if (!(outcome instanceof RetryLater)) {
                backoff.reset();
            }
            if (outcome instanceof Accepted accepted) {
                progress.written(part.cargo(), count);
                progress.alreadyThere(part.cargo(), accepted.alreadyThere());
            } else if (outcome instanceof Rejected rejected) {
                putAside(part, rejected.points(), Refusal.REFUSED, rejected.reason());
                progress.written(part.cargo(), count - rejected.points().cardinality());
                progress.alreadyThere(part.cargo(), rejected.alreadyThere());
            } else if (outcome instanceof Suspect suspect) {
                divide(part, count, suspect.suspicion(), Refusal.REFUSED, suspect.reason(), parts);
            } else if (outcome instanceof TooLarge tooLarge) {
                divide(part, count, Suspicion.ENTITY, Refusal.TOO_LARGE, tooLarge.reason(), parts);
            } else if (outcome instanceof RetryLater later) {
                progress.retrying(part.cargo(), count, later.reason());
                await(later.reason(), later.after());
                parts.push(part.ownedBy(owned));
            }
        }
    }

    private WriteOutcome attempt(Load load) throws InterruptedException {
        if (load.isEmpty()) {
            return WriteOutcome.ACCEPTED;
        }
        long begin = System.nanoTime();
        try {
            return isOpen() ? load.writeTo(sink) : new RetryLater("not open: " + whyNotOpen);
        } catch (RuntimeException e) {
            // A defect that one input brings to light must not stop all others behind it.
            LOG.warn("sink {}: looking for the point it fails on: {}", name, e.toString());
            LOG.debug("sink {}: where it fails", name, e);
            return new Suspect("failed with " + e, Suspicion.ENTITY);
        } finally {
            progress.took(System.nanoTime() - begin);
        }
    }

    private boolean isOpen() throws InterruptedException {
        if (!open) {
            try {
                sink.open();
                open = true;
                LOG.info("sink {}: open", name);
            } catch (IOException | RuntimeException e) {
                whyNotOpen = String.valueOf(e.getMessage());
            }
        }
        return open;
    }

    private void divide(Load part, int count, Suspicion suspicion, Refusal refusal, String reason, Deque<Load> parts)
            throws InterruptedException {
        if (count <= 1) {
            putAside(part, Points.all(count), refusal, reason);
            return;
        }
        BitSet first = part.half(count, suspicion);
        BitSet second = Points.all(count);
        second.andNot(first);
        parts.push(part.select(second));
        parts.push(part.select(first));
    }

    private void putAside(Load part, BitSet refused, Refusal refusal, String reason) throws InterruptedException {
        for (Load.Refused record : part.select(refused).records()) {
            putAside(part.cargo(), refusal, reason, record.origin(), record.count(), record.value());
        }
    }

    /** Keeps a record that cannot be read. */
    void putAsideUndecodable(Cargo cargo, Origin origin, byte[] value, String reason) throws InterruptedException {
        putAside(cargo, Refusal.UNDECODABLE, reason, origin, 0, value);
    }

    private void putAside(Cargo cargo, Refusal refusal, String reason, Origin origin, int points, byte[] value)
            throws InterruptedException {
        DeadLetter letter = new DeadLetter(name, reason, origin, points, value);
        LOG.warn("sink {}: dead letter with {} points of {}: {}", name, points, origin, reason);
        while (true) {
            try {
                deadLetters.put(letter);
                progress.refused(cargo, refusal, points, reason);
                return;
            } catch (IOException e) {
                progress.failed(String.valueOf(e.getMessage()));
                await(String.valueOf(e.getMessage()), Duration.ZERO);
            }
        }
    }

    private void await(String reason, Duration asked) throws InterruptedException {
        Duration pause = backoff.next(asked);
        LOG.warn("sink {}: trying again in {} ms: {}", name, pause.toMillis(), reason);
        progress.waitingBegins();
        try {
            waiting.sleep(pause);
        } finally {
            progress.waitingEnds();
        }
    }
}
