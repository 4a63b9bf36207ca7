package io.heapster.model.store;

import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A cluster with its nodes and namespaces: where every reader begins. */
public final class ClusterHistory extends EntityHistory {
    private final Map<String, ContainerOwner> nodes = new ConcurrentHashMap<>();
    private final Map<String, NamespaceHistory> namespaces = new ConcurrentHashMap<>();
    private volatile long newestTick = Long.MIN_VALUE;
    private volatile long resolution;

    ClusterHistory(String name) {
        super(EntityType.CLUSTER, name);
    }

    /** Its nodes in no order; a view that follows changes. */
    public Collection<ContainerOwner> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /** The node of this name or, when there is none, of this host name. */
    public @Nullable ContainerOwner node(String nameOrHostname) {
        ContainerOwner node = nodes.get(nameOrHostname);
        if (node != null) {
            return node;
        }
        for (ContainerOwner each : nodes.values()) {
            if (each.labels().get(LabelKey.HOSTNAME).equals(nameOrHostname)) {
                return each;
            }
        }
        return null;
    }

    /** Its namespaces in no order; a view that follows changes. */
    public Collection<NamespaceHistory> namespaces() {
        return Collections.unmodifiableCollection(namespaces.values());
    }

    public @Nullable NamespaceHistory namespace(String name) {
        return namespaces.get(name);
    }

    /** The pod of this name in this namespace, or null. */
    public @Nullable ContainerOwner pod(String namespace, String name) {
        NamespaceHistory found = namespaces.get(namespace);
        return found == null ? null : found.pod(name);
    }

    /** The newest tick of any node's batch, whatever its outcome; {@link Long#MIN_VALUE} when there was none. */
    public long newestTick() {
        return newestTick;
    }

    /** Length of the newest tick's window in ms. */
    public long resolutionMillis() {
        return resolution;
    }

    /**
     * Whether an entity belongs to the cluster as it is now: it was seen at the newest tick, which may still be coming
     * in, or at the one before.
     */
    public boolean isCurrent(EntityHistory entity) {
        return entity.seenMillis() >= newestTick - resolution;
    }

    Map<String, ContainerOwner> nodesByName() {
        return nodes;
    }

    Map<String, NamespaceHistory> namespacesByName() {
        return namespaces;
    }

    void ticked(long tick, long resolutionMillis) {
        if (tick >= newestTick) {
            resolution = resolutionMillis;
            newestTick = tick;
        }
    }
}
