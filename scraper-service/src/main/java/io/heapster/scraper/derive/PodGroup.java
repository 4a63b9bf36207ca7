package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pod of a reading with its containers. */
final class PodGroup {
    private final Entity pod;
    private final List<Entity> containers = new ArrayList<>(4);

    private PodGroup(Entity pod) {
        this.pod = pod;
    }

    Entity pod() {
        return pod;
    }

    List<Entity> containers() {
        return containers;
    }

    boolean hasContainer(String name) {
        for (Entity container : containers) {
            if (container.label(LabelKey.CONTAINER_NAME).equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Pods of the reading in its order; one of which only containers were read gets an entity without samples. */
    static Collection<PodGroup> of(List<Entity> entities) {
        Map<String, PodGroup> groups = new LinkedHashMap<>();
        for (Entity entity : entities) {
            if (entity.type() == EntityType.POD) {
                groups.putIfAbsent(nameOf(entity), new PodGroup(entity));
            }
        }
        for (Entity entity : entities) {
            if (entity.type() == EntityType.POD_CONTAINER) {
                groups.computeIfAbsent(nameOf(entity), any -> new PodGroup(podOf(entity)))
                        .containers
                        .add(entity);
            }
        }
        return groups.values();
    }

    private static String nameOf(Entity entity) {
        return entity.label(LabelKey.NAMESPACE_NAME) + "/" + entity.label(LabelKey.POD_NAME);
    }

    private static Entity podOf(Entity container) {
        Labels labels = container.labels().with(LabelKey.CONTAINER_NAME, "").with(LabelKey.CONTAINER_BASE_IMAGE, "");
        return new Entity(EntityType.POD, labels);
    }
}
