package io.heapster.scraper.source.fetch;

import java.util.ArrayDeque;
import java.util.Queue;

/** Lets so many in at a time, the others in the order they came. Safe for several threads. */
final class Gate {
    private final int places;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;

    Gate(int places) {
        this.places = places;
    }

    /** Runs now or when a place is free; who was let in has to {@link #leave} once. */
    void enter(Runnable entrant) {
        synchronized (this) {
            if (taken == places) {
                waiting.add(entrant);
                return;
            }
            taken++;
        }
        entrant.run();
    }

    void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                taken--;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
