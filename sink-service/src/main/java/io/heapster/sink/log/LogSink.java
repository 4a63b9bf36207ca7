package io.heapster.sink.log;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TextBuffer;
import io.heapster.sink.spi.WriteOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A line an entity and tick, and a line an event. The reference implementation of {@link Sink}: whole writes go out at once, and a write
 * that failed half-way comes again whole, so that lines may be doubled but never lost.
 */
final class LogSink implements Sink {
    private static final int POINTS = 5_000;

    private final LogFormat format;
    private final boolean events;
    private final OutputStream out;
    private final TextBuffer text = new TextBuffer(64 * 1024);

    LogSink(LogFormat format, boolean events, OutputStream out) {
        this.format = format;
        this.events = events;
        this.out = out;
    }

    @Override
    public int pointsPerWrite() {
        return POINTS;
    }

    @Override
    public void open() {
        // The standard output is always there.
    }

    @Override
    public WriteOutcome write(List<SampleBatch> batches) {
        text.truncate(0);
        for (SampleBatch batch : batches) {
            if (batch.outcome() != Outcome.OK) {
                format.silence(batch, text);
            }
            for (Entity entity : batch.entities()) {
                format.entity(batch, entity, text);
            }
        }
        return written();
    }

    @Override
    public boolean takesEvents() {
        return events;
    }

    @Override
    public WriteOutcome writeEvents(List<EventRecord> batch) {
        text.truncate(0);
        for (EventRecord event : batch) {
            format.event(event, text);
        }
        return written();
    }

    private WriteOutcome written() {
        try {
            out.write(text.array(), 0, text.size());
            out.flush();
            return WriteOutcome.ACCEPTED;
        } catch (IOException e) {
            return new WriteOutcome.RetryLater("cannot write: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        // The standard output is not ours to close.
    }
}
