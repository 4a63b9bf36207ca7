package io.heapster.scraper.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The targets of what discovery finds. What is still there keeps its target, which remembers its past readings; what is
 * gone loses it.
 *
 * @param <K> what tells the found from each other
 */
public final class KnownTargets<K, T extends Target> {
    private final Function<K, T> make;
    private final Map<K, T> targets = new ConcurrentHashMap<>();

    public KnownTargets(Function<K, T> make) {
        this.make = make;
    }

    /** The targets of what is found now, in its order. */
    public List<T> of(Collection<K> found) {
        List<T> now = new ArrayList<>(found.size());
        for (K key : found) {
            now.add(targets.computeIfAbsent(key, make));
        }
        if (targets.size() > now.size()) {
            targets.keySet().retainAll(new HashSet<>(found));
        }
        return now;
    }

    public int count(Predicate<T> which) {
        int count = 0;
        for (T target : targets.values()) {
            if (which.test(target)) {
                count++;
            }
        }
        return count;
    }
}
