package io.heapster.sink.delivery;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.MalformedEventException;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.sink.delivery.Progress.Cargo;
import io.heapster.sink.ingest.Intake;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.ingest.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of some partitions, one write after the other, so that points of one series keep their order. A
 * record is reported as accepted only after all before it in the lane.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long IDLE_MILLIS = 100;

    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final Intake intake;
    private final RetryingWriter writer;
    private final int pointsPerWrite;
    private final Selection selection;
    private final @Nullable Downsampling downsampling;
    private final Progress progress;
    private final AtomicLong waitingBytes;
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();
    private final Thread thread;
    private volatile boolean finishing;
    private volatile long loadMillis;

    /** @param waitingBytes of all records of the sink that were taken and are not accepted; kept up to date */
    Lane(
            String name,
            Intake intake,
            RetryingWriter writer,
            int pointsPerWrite,
            Reduction reduction,
            OpenValues openValues,
            Progress progress,
            AtomicLong waitingBytes) {
        this.intake = intake;
        this.writer = writer;
        this.pointsPerWrite = pointsPerWrite;
        this.selection = reduction.selection();
        this.downsampling =
                reduction.resolution().isZero() ? null : new Downsampling(reduction.resolution(), openValues, progress);
        this.progress = progress;
        this.waitingBytes = waitingBytes;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    void add(Received received) {
        waitingBytes.addAndGet(received.value().length);
        queue.add(received);
    }

    /** When the oldest record was produced that is not accepted yet; 0 when there is none. */
    long oldestMillis() {
        long writing = loadMillis;
        if (writing != 0) {
            return writing;
        }
        Received first = queue.peek();
        return first == null ? 0 : first.timestampMillis();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Ends the lane when all it was given is written. */
    void finish() {
        finishing = true;
    }

    /** Ends the lane now; what is not accepted comes again after the next start. */
    void abandon() {
        finishing = true;
        thread.interrupt();
    }

    /** Waits for the end; an interruption ends the waiting. */
    void join(Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                boolean last = finishing;
                Received first = queue.poll(last ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    writeFrom(first);
                } else if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.info("{}: ended with {} records not accepted, they come again", thread.getName(), queue.size() + 1);
        }
    }

    /** Writes this record and as many behind it as make up one write. */
    private void writeFrom(Received first) throws InterruptedException {
        loadMillis = Math.max(1, first.timestampMillis());
        List<Received> load = new ArrayList<>();
        List<Parcel> parcels = new ArrayList<>();
        List<EventParcel> events = new ArrayList<>();
        int points = 0;
        if (downsampling != null) {
            downsampling.keepOnly(intake::owns);
        }
        for (Received next = first; next != null; next = points < pointsPerWrite ? queue.poll() : null) {
            load.add(next);
            if (intake.owns(next.origin()) && isEvent(next.origin())) {
                takeEvent(next, events);
                points++;
            } else if (intake.owns(next.origin())) {
                int taken = parcels.size();
                take(next, parcels);
                for (Parcel parcel : parcels.subList(taken, parcels.size())) {
                    points += parcel.batch().sampleCount();
                }
            }
        }
        for (List<Parcel> write : Parcel.writes(parcels, pointsPerWrite)) {
            writer.write(write);
        }
        for (EventLoad write : EventLoad.of(events)) {
            writer.write(write);
        }
        long bytes = 0;
        for (Received done : load) {
            bytes += done.value().length;
            if (intake.owns(done.origin())) {
                accept(done.origin());
            }
        }
        waitingBytes.addAndGet(-bytes);
        loadMillis = 0;
    }

    private void take(Received received, List<Parcel> parcels) throws InterruptedException {
        SampleBatch batch = decoded(received);
        if (batch == null) {
            if (downsampling != null) {
                downsampling.pass(received.origin());
            }
            return;
        }
        SampleBatch wanted = batch;
        if (!selection.isEverything()) {
            wanted = selection.of(batch);
            progress.filtered(batch.sampleCount() - wanted.sampleCount());
        }
        if (downsampling == null) {
            parcels.add(new Parcel(received.origin(), wanted));
        } else {
            downsampling.add(received.origin(), wanted, parcels);
        }
    }

    private void accept(Origin written) {
        Origin acceptable = downsampling == null || isEvent(written) ? written : downsampling.acceptable(written);
        if (acceptable != null) {
            intake.accepted(acceptable);
        }
    }

    private static boolean isEvent(Origin origin) {
        return origin.topic().equals(Topics.EVENTS.name());
    }

    private void takeEvent(Received received, List<EventParcel> events) throws InterruptedException {
        try {
            EventRecord event = EventCodec.decode(received.value());
            if (selection.wants(event)) {
                events.add(new EventParcel(received.origin(), event));
            } else {
                progress.filteredEvent();
            }
        } catch (MalformedEventException e) {
            writer.putAsideUndecodable(
                    Cargo.EVENTS, received.origin(), received.value(), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable SampleBatch decoded(Received received) throws InterruptedException {
        String reason;
        try {
            return decoder.decode(received.value());
        } catch (MalformedBatchException e) {
            reason = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            // Bytes from anywhere must not end the lane, whatever they make the decoder do.
            reason = e.toString();
        }
        writer.putAsideUndecodable(Cargo.POINTS, received.origin(), received.value(), reason);
        return null;
    }
}
