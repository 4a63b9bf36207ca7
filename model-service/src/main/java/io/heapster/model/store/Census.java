package io.heapster.model.store;

import io.heapster.contract.sample.EntityType;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the store held when it was last counted.
 *
 * @param entities by type; a type without any is missing
 * @param points values of all metrics at all ticks
 * @param bytes memory of rows and entities, labels not counted
 */
public record Census(Map<EntityType, Integer> entities, long points, long bytes) {

    static final Census NOTHING = new Count().done();

    public int entities(EntityType type) {
        return entities.getOrDefault(type, 0);
    }

    /** Counts entity by entity. */
    static final class Count {
        private static final int ENTITY_BYTES = 96;

        private final Map<EntityType, Integer> byType = new EnumMap<>(EntityType.class);
        private long points;
        private long bytes;

        void add(EntityHistory entity) {
            byType.merge(entity.type(), 1, Integer::sum);
            bytes += ENTITY_BYTES;
            points += entity.pointCount();
            for (Chunk chunk = entity.newest(); chunk != null; chunk = chunk.older()) {
                bytes += chunk.residentBytes();
            }
        }

        Census done() {
            return new Census(Map.copyOf(byType), points, bytes);
        }
    }
}
