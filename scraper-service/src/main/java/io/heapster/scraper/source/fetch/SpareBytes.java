package io.heapster.scraper.source.fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Memory of answers that have been read, for the next ones. What was used last goes first: it is still in the
 * processor's caches. Safe for several threads.
 */
final class SpareBytes {
    private static final int MOST = 16;
    /** Of a node of 110 pods come 330 to 510 KB; memory of larger answers is left to the collector. */
    private static final int LARGEST = 768 * 1024;

    private final Deque<byte[]> spare = new ArrayDeque<>(MOST);

    /** At least so many bytes, with anything in them. */
    byte[] take(int capacity) {
        byte[] last = last();
        return last != null && last.length >= capacity ? last : new byte[capacity];
    }

    private synchronized byte @Nullable [] last() {
        return spare.pollFirst();
    }

    /** Nobody may use the bytes from here on. */
    synchronized void give(byte[] bytes) {
        if (bytes.length <= LARGEST && spare.size() < MOST) {
            spare.addFirst(bytes);
        }
    }
}
