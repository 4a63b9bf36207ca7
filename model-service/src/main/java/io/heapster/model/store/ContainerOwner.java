package io.heapster.model.store;

import io.heapster.contract.sample.EntityType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node with its system containers, or a pod with its containers. */
public final class ContainerOwner extends EntityHistory {
    private static final EntityHistory[] NONE = {};

    /** Ascending by name; replaced, never changed. */
    private volatile EntityHistory[] containers = NONE;

    ContainerOwner(EntityType type, String name) {
        super(type, name);
    }

    /** Its containers, ascending by name. */
    public List<EntityHistory> containers() {
        return List.of(containers);
    }

    public @Nullable EntityHistory container(String name) {
        EntityHistory[] now = containers;
        int at = find(now, name);
        return at < 0 ? null : now[at];
    }

    void add(EntityHistory container) {
        EntityHistory[] now = containers;
        int at = -find(now, container.name()) - 1;
        EntityHistory[] more = Arrays.copyOf(now, now.length + 1);
        System.arraycopy(now, at, more, at + 1, now.length - at);
        more[at] = container;
        containers = more;
    }

    /** @return how many containers went */
    int expireContainers(long beforeTick) {
        EntityHistory[] now = containers;
        int kept = 0;
        EntityHistory[] rest = new EntityHistory[now.length];
        for (EntityHistory container : now) {
            container.expire(beforeTick);
            if (container.seenMillis() >= beforeTick) {
                rest[kept++] = container;
            }
        }
        if (kept < now.length) {
            containers = Arrays.copyOf(rest, kept);
        }
        return now.length - kept;
    }

    /** Index of the name, or −(insertion point) − 1. */
    private static int find(EntityHistory[] sorted, String name) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted[middle].name().compareTo(name);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
