package io.heapster.scraper.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many records of each partition were handed in and are neither acknowledged nor given up. */
final class Pending {
    private final Map<Integer, Integer> byPartition = new HashMap<>();
    private int all;

    synchronized void added(int partition) {
        byPartition.merge(partition, 1, Integer::sum);
        all++;
    }

    synchronized void done(int partition) {
        byPartition.merge(partition, -1, (count, one) -> count + one == 0 ? null : count + one);
        all--;
        notifyAll();
    }

    synchronized int all() {
        return all;
    }

    /** Waits until the partition has none. Returns whether that came about in time. */
    synchronized boolean awaitNone(int partition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (byPartition.containsKey(partition)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
