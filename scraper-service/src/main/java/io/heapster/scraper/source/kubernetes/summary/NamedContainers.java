package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * The containers of one pod or node. A container that was restarted may be told twice, once as it was; the one that
 * started later counts.
 */
final class NamedContainers {
    private final List<String> names = new ArrayList<>();
    private final List<Entity> entities = new ArrayList<>();

    void clear() {
        names.clear();
        entities.clear();
    }

    int size() {
        return names.size();
    }

    void add(String name, Entity entity) {
        int known = names.indexOf(name);
        if (known < 0) {
            names.add(name);
            entities.add(entity);
        } else if (entity.startMillis() > entities.get(known).startMillis()) {
            entities.set(known, entity);
        }
    }

    /** Labels the containers as those of their pod or node and hands them over. */
    void moveTo(List<Entity> target, Labels owner) {
        for (int i = 0; i < names.size(); i++) {
            Entity entity = entities.get(i);
            entity.relabel(owner.with(LabelKey.CONTAINER_NAME, names.get(i)));
            target.add(entity);
        }
        clear();
    }
}
