package io.heapster.model.store;

import io.heapster.contract.sample.EntityType;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A namespace with its pods. */
public final class NamespaceHistory extends EntityHistory {
    private final Map<String, ContainerOwner> pods = new ConcurrentHashMap<>();

    NamespaceHistory(String name) {
        super(EntityType.NAMESPACE, name);
    }

    /** Its pods in no order; a view that follows changes. */
    public Collection<ContainerOwner> pods() {
        return Collections.unmodifiableCollection(pods.values());
    }

    public @Nullable ContainerOwner pod(String name) {
        return pods.get(name);
    }

    Map<String, ContainerOwner> podsByName() {
        return pods;
    }
}
