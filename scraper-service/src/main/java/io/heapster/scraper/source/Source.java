package io.heapster.scraper.source;

import java.util.List;
import java.util.Optional;

/**
 * A place samples come from: a cluster, or one machine. Life cycle: constructed (no I/O), {@link #start} once,
 * {@link #targets} at every tick, {@link #close} once.
 */
public interface Source extends AutoCloseable {
    /** Name of the cluster that the samples are labelled with. */
    String cluster();

    /** Begins discovery and returns at once. A peer that is away is tried again without end and never ends the process. */
    void start();

    /** Whether discovery has seen everything once, so that {@link #targets} is complete. */
    boolean synced();

    /** What there is to read now; a snapshot that is cheap to get. */
    List<? extends Target> targets();

    /** The cluster's events, where it has any. */
    default Optional<EventSource> events() {
        return Optional.empty();
    }

    @Override
    void close();
}
