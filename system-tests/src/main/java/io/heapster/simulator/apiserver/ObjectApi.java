package io.heapster.simulator.apiserver;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** All objects of an API server. Whatever is put or deleted here is seen by every list and watch after it. */
public final class ObjectApi {
    private final AtomicLong versions = new AtomicLong(1);
    private final Map<ResourceKind, ObjectStore> stores = new EnumMap<>(ResourceKind.class);

    /** Without any object. */
    public ObjectApi() {
        for (ResourceKind kind : ResourceKind.values()) {
            stores.put(kind, new ObjectStore(versions));
        }
    }

    /** Adds an object that was there before anybody asked, last changed at this version. */
    public void load(ResourceKind kind, ApiObject object, long version) {
        versions.accumulateAndGet(version, Math::max);
        store(kind).load(object, version);
    }

    /** Adds or replaces an object: watches see ADDED or MODIFIED. */
    public void put(ResourceKind kind, ApiObject object) {
        store(kind).put(object);
    }

    /** Removes an object: watches see DELETED. */
    public void delete(ResourceKind kind, ApiObject object) {
        store(kind).delete(object);
    }

    /** Adds, replaces and removes until just these are left; objects that are equal stay untouched. */
    public void replaceAll(ResourceKind kind, List<ApiObject> objects) {
        Map<String, ObjectStore.Versioned> before = store(kind).all();
        Set<String> keys = new HashSet<>();
        for (ApiObject object : objects) {
            keys.add(object.key());
            ObjectStore.Versioned known = before.get(object.key());
            if (known == null || !known.object().equals(object)) {
                put(kind, object);
            }
        }
        before.forEach((key, gone) -> {
            if (!keys.contains(key)) {
                delete(kind, gone.object());
            }
        });
    }

    /** The version of the last change of anything. */
    public long version() {
        return versions.get();
    }

    /** Forgets the past: whoever asks for changes since an older version is answered 410 Gone. */
    public void forgetPast() {
        stores.values().forEach(ObjectStore::forget);
    }

    ObjectStore store(ResourceKind kind) {
        ObjectStore store = stores.get(kind);
        if (store == null) {
            throw new IllegalArgumentException("no store for " + kind);
        }
        return store;
    }
}
