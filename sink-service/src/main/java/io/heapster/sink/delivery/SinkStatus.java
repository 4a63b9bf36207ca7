package io.heapster.sink.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one sink fares.
 *
 * @param kind the key of its URI
 * @param delaySeconds age of the oldest record that was taken and is not accepted; 0 when nothing waits
 * @param events Kubernetes events, counted as points are
 * @param lastError what the backend last said instead of yes; null when it never did
 */
public record SinkStatus(
        String name,
        String kind,
        State state,
        double delaySeconds,
        PointCounts points,
        PointCounts events,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt) {

    /** What a sink is doing. */
    public enum State {
        /** Nothing was written yet. */
        STARTING,
        /** The backend takes what it is given. */
        RUNNING,
        /** The backend is away or overloaded; nothing is lost, it is tried again without end. */
        WAITING,
        STOPPED
    }

    /**
     * Points since the start of the process.
     *
     * @param rejected those put aside as dead letters
     * @param retried those of writes that had to be repeated; one point counts once a repetition
     * @param filtered those the user does not want in this sink
     * @param merged those that went into others at a coarser resolution
     * @param unmerged those that should have, but were written as sampled, since too many windows' values were open
     * @param alreadyThere those among the written that the backend says it had before, or had something newer than
     */
    public record PointCounts(
            long written, long rejected, long retried, long filtered, long merged, long unmerged, long alreadyThere) {}
}
