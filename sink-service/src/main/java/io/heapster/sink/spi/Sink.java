package io.heapster.sink.spi;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.SampleBatch;
import java.io.IOException;
import java.util.List;

/**
 * A backend to which samples are written. Its life:
 *
 * <ol>
 *   <li>{@link SinkFactory#create} reads the URI and refuses a wrong one. No I/O: a backend that is away must not stop
 *       the start.
 *   <li>{@link #open} makes the backend ready, for instance creates a database. It is called before the first write and
 *       again, without end and with growing pauses, for as long as it throws.
 *   <li>{@link #write}, as often as there is something to write. Batches of one node come in the order of their ticks;
 *       what was not accepted comes again, so that a point may be written twice: the second write must change nothing.
 *   <li>{@link #close}, once, after the last write has returned.
 * </ol>
 *
 * <p>A write that says accepted means it: when the process is killed at that moment, the points are in the backend. So
 * nothing is ever left to flush.
 */
public interface Sink extends AutoCloseable {

    /** About how many points a write should carry; a single larger batch comes as it is. */
    int pointsPerWrite();

    /**
     * How many threads may call {@link #write} at once. Batches of one node always come from one thread.
     */
    default int concurrency() {
        return 1;
    }

    /**
     * Makes the backend ready. Calls after a successful one do nothing or check anew.
     *
     * @throws IOException if the backend is away or refuses; the message is shown to the operator
     */
    void open() throws IOException, InterruptedException;

    /**
     * Writes all points of the batches. Batches without points, such as those of a failed node, may be among them.
     *
     * @return what became of the points; trouble with the backend is an outcome, not an exception
     * @throws InterruptedException when the process shuts down and no longer waits for the backend
     */
    WriteOutcome write(List<SampleBatch> batches) throws InterruptedException;

    /** Whether this sink takes Kubernetes events too. */
    default boolean takesEvents() {
        return false;
    }

    /**
     * Writes all of the events, as {@link #write} writes points; an event's number is its place in the list. What was not
     * accepted comes again: the second write must change nothing. Called only if the sink takes events.
     *
     * @return what became of the events
     * @throws InterruptedException when the process shuts down and no longer waits for the backend
     */
    default WriteOutcome writeEvents(List<EventRecord> events) throws InterruptedException {
        throw new UnsupportedOperationException("takes no events");
    }

    /** Releases what the sink holds. */
    @Override
    void close();
}
