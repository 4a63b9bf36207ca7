package io.heapster.scraper.source.kubernetes.discovery;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Of equal values that come soon after one another, the first: what the pods of a workload have in common is kept once,
 * since a list of pods has them side by side. It forgets what others take the place of, so there is nothing to be released.
 *
 * @param <T> immutable, with equality by value
 */
final class Recent<T> {
    private static final int SLOTS = 1 << 10;

    private final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SLOTS);

    T first(T value) {
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & (SLOTS - 1);
        T known = slots.get(slot);
        if (value.equals(known)) {
            return known;
        }
        slots.set(slot, value);
        return value;
    }
}
