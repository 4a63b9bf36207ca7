package io.heapster.scraper.source.kubernetes.discovery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A replica of objects that are told apart by a text. */
final class KeyedReplica<T, V> implements Replica<T> {
    private final Function<T, String> key;
    private final Function<T, V> reduction;
    private volatile Map<String, V> kept = new ConcurrentHashMap<>();

    KeyedReplica(Function<T, String> key, Function<T, V> reduction) {
        this.key = key;
        this.reduction = reduction;
    }

    /** A live view. */
    Map<String, V> kept() {
        return kept;
    }

    @Override
    public Listing<T> list() {
        Map<String, V> listed = new ConcurrentHashMap<>();
        return new Listing<>() {
            @Override
            public void add(T object) {
                listed.put(key.apply(object), reduction.apply(object));
            }

            @Override
            public void complete() {
                kept = listed;
            }
        };
    }

    @Override
    public void changed(T object) {
        kept.put(key.apply(object), reduction.apply(object));
    }

    @Override
    public void deleted(T object) {
        kept.remove(key.apply(object));
    }

    @Override
    public int size() {
        return kept.size();
    }
}
