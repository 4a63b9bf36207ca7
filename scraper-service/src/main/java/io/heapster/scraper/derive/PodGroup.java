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
    private final Name name;
    private final Entity pod;
    private final List<Entity> containers = new ArrayList<>(4);

    private record Name(String namespace, String pod) {
        static Name of(Entity entity) {
            return new Name(entity.label(LabelKey.NAMESPACE_NAME), entity.label(LabelKey.POD_NAME));
        }
    }

    private PodGroup(Name name, Entity pod) {
        this.name = name;
        this.pod = pod;
    }

    Entity pod() {
        return pod;
    }

    List<Entity> containers() {
        return containers;
    }

    boolean hasContainer(String containerName) {
        for (Entity container : containers) {
            if (container.label(LabelKey.CONTAINER_NAME).equals(containerName)) {
                return true;
            }
        }
        return false;
    }

    /** Pods of the reading in its order; one of which only containers were read gets an entity without samples. */
    static Collection<PodGroup> of(List<Entity> entities) {
        Map<Name, PodGroup> groups = new LinkedHashMap<>(entities.size());
        for (Entity entity : entities) {
            if (entity.type() == EntityType.POD) {
                Name name = Name.of(entity);
                groups.putIfAbsent(name, new PodGroup(name, entity));
            }
        }
        PodGroup last = new PodGroup(new Name("", ""), new Entity(EntityType.POD, Labels.EMPTY));
        for (Entity entity : entities) {
            if (entity.type() == EntityType.POD_CONTAINER) {
                Name name = Name.of(entity);
                if (!name.equals(last.name)) {
                    last = groups.computeIfAbsent(name, any -> new PodGroup(name, podOf(entity)));
                }
                last.containers.add(entity);
            }
        }
        return groups.values();
    }

    private static Entity podOf(Entity container) {
        Labels labels = container.labels().with(LabelKey.CONTAINER_NAME, "").with(LabelKey.CONTAINER_BASE_IMAGE, "");
        return new Entity(EntityType.POD, labels);
    }
}
