package io.heapster.scraper.source;

import io.heapster.contract.event.EventRecord;
import java.io.IOException;

/** The Kubernetes events of one cluster, for the one process that owns them. */
public interface EventSource {

    /** Name of the cluster that the events are labelled with. */
    String cluster();

    /**
     * Hands on every event that is newer than a version, once each and in the order of their versions, until the thread
     * is interrupted. A peer that is away or refuses is tried again without end.
     *
     * @param after version of the last event that was handed on, by this process or another; 0 when none is known:
     *     begins with all events the cluster still holds
     * @throws IOException what the receiver throws, which ends the following
     */
    void follow(long after, Receiver to) throws IOException, InterruptedException;

    /** Takes events; may block, which makes the source wait without losing any. */
    interface Receiver {
        void take(EventRecord event) throws IOException, InterruptedException;
    }
}
