package io.heapster.simulator.apiserver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind, each under the version of its last change, and the changes themselves as long as remembered.
 * Versions come from one counter shared by all kinds.
 */
final class ObjectStore {
    private static final int REMEMBERED_CHANGES = 20_000;

    /** An object as it was left by one change. */
    record Versioned(ApiObject object, long version) {}

    /** What a change did to an object; {@code before} or {@code after} is null where there was or is none. */
    record Change(@Nullable ApiObject before, @Nullable ApiObject after, long version) {}

    /** Some objects in order of their keys, and the key after which to go on, empty at the end. */
    record Page(List<Versioned> objects, long version, String last, long remaining) {}

    /** Gets changes in order. */
    interface Watcher {
        void changed(Change change);
    }

    /** What was asked for lies before what is remembered. */
    static final class ExpiredException extends Exception {
        ExpiredException(long asked, long oldest) {
            super("too old resource version: " + asked + " (" + oldest + ")");
        }
    }

    private final AtomicLong versions;
    private final TreeMap<String, Versioned> objects = new TreeMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private long oldest;

    ObjectStore(AtomicLong versions) {
        this.versions = versions;
        this.oldest = versions.get();
    }

    /** Adds an object that was there before anybody asked. */
    synchronized void load(ApiObject object, long version) {
        objects.put(object.key(), new Versioned(object, version));
        oldest = Math.max(oldest, version);
    }

    synchronized void put(ApiObject object) {
        long version = versions.incrementAndGet();
        Versioned before = objects.put(object.key(), new Versioned(object, version));
        tell(new Change(before == null ? null : before.object(), object, version));
    }

    synchronized void delete(ApiObject object) {
        if (objects.remove(object.key()) != null) {
            tell(new Change(object, null, versions.incrementAndGet()));
        }
    }

    synchronized @Nullable Versioned get(String namespace, String name) {
        return objects.get(namespace + "/" + name);
    }

    /** All objects by key. */
    synchronized Map<String, Versioned> all() {
        return new HashMap<>(objects);
    }

    /**
     * Objects after a key, at most {@code limit} of them.
     *
     * @param started version of the first page, 0 when this is it
     */
    synchronized Page list(Selector selector, String after, int limit, long started) throws ExpiredException {
        if (started != 0 && started < oldest) {
            throw new ExpiredException(started, oldest);
        }
        List<Versioned> found = new ArrayList<>();
        long remaining = 0;
        for (Versioned versioned : objects.tailMap(after, false).values()) {
            if (selector.matches(versioned.object())) {
                if (found.size() < limit) {
                    found.add(versioned);
                } else {
                    remaining++;
                }
            }
        }
        String last = remaining == 0 ? "" : found.get(found.size() - 1).object().key();
        return new Page(found, started == 0 ? versions.get() : started, last, remaining);
    }

    /** Tells the watcher of all changes after this version: the past ones before this returns, the others as they come. */
    synchronized void watch(long version, Watcher watcher) throws ExpiredException {
        if (version < oldest) {
            throw new ExpiredException(version, oldest);
        }
        for (Change change : history) {
            if (change.version() > version) {
                watcher.changed(change);
            }
        }
        watchers.add(watcher);
    }

    /** Tells the watcher of all there is, as if it were new, then of the changes as they come. */
    synchronized void watchFromPresent(Watcher watcher) {
        for (Versioned versioned : objects.values()) {
            watcher.changed(new Change(null, versioned.object(), versioned.version()));
        }
        watchers.add(watcher);
    }

    void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** Forgets all changes: whoever asks for what followed an older version than the present one gets told so. */
    synchronized void forget() {
        history.clear();
        oldest = versions.incrementAndGet();
    }

    private void tell(Change change) {
        history.add(change);
        if (history.size() > REMEMBERED_CHANGES) {
            oldest = history.removeFirst().version();
        }
        for (Watcher watcher : watchers) {
            watcher.changed(change);
        }
    }
}
