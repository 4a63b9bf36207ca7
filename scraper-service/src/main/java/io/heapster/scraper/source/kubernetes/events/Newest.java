package io.heapster.scraper.source.kubernetes.events;

import io.heapster.contract.event.EventRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The events of a list that are newer than a version; of too many, the newest. */
final class Newest {
    private static final Comparator<EventRecord> BY_VERSION = Comparator.comparingLong(EventRecord::resourceVersion);

    private final long after;
    private final int most;
    private final PriorityQueue<EventRecord> events = new PriorityQueue<>(BY_VERSION);
    private int leftOut;

    Newest(long after, int most) {
        this.after = after;
        this.most = most;
    }

    /** Whether the event is newer, and so kept as long as there are not too many. */
    boolean add(EventRecord event) {
        if (event.resourceVersion() <= after) {
            return false;
        }
        events.add(event);
        if (events.size() > most) {
            events.remove();
            leftOut++;
        }
        return true;
    }

    /** How many were newer and had to go. */
    int leftOut() {
        return leftOut;
    }

    List<EventRecord> inOrder() {
        List<EventRecord> sorted = new ArrayList<>(events);
        sorted.sort(BY_VERSION);
        return sorted;
    }
}
