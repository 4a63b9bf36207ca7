package io.heapster.sink.influxdb;

import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The escaped tags of entities seen before, so that in the steady state nothing is escaped. Bounded: full, it begins
 * anew.
 */
final class TagCache {
    private static final int MOST_ENTITIES = 1 << 16;

    /** What was made of an entity's labels. */
    final class EntityTags {
        private final String cluster;
        private final EntityType type;
        private final Labels labels;
        private final byte[] own;
        private final byte[] fields;
        private final List<Labels> resources = new ArrayList<>(0);
        private final List<byte[]> ofResources = new ArrayList<>(0);

        private EntityTags(String cluster, EntityType type, Labels labels) {
            this.cluster = cluster;
            this.type = type;
            this.labels = labels;
            LabelPlacement.Placed placed = placement.place(schema, cluster, type, labels, Labels.EMPTY);
            this.own = text(placed.tags());
            this.fields = LineProtocol.textFields(placed.fields());
        }

        byte[] own() {
            return own;
        }

        /** Labels that are fields, to stand behind the value; those of a resource are never. */
        byte[] fields() {
            return fields;
        }

        byte[] of(Labels resource) {
            int at = resources.indexOf(resource);
            if (at >= 0) {
                return ofResources.get(at);
            }
            byte[] tags = text(
                    placement.place(schema, cluster, type, labels, resource).tags());
            if (resources.size() < MOST_RESOURCES) {
                resources.add(resource);
                ofResources.add(tags);
            }
            return tags;
        }
    }

    private static final int MOST_RESOURCES = 64;

    private final Schema schema;
    private final LabelPlacement placement;
    private final Map<String, Map<EntityType, Map<Labels, EntityTags>>> byCluster = new HashMap<>();
    private int size;

    TagCache(Schema schema, LabelPlacement placement) {
        this.schema = schema;
        this.placement = placement;
    }

    private byte[] text(SortedMap<String, String> tags) {
        return placement.inName() ? LineProtocol.namePrefix(tags) : LineProtocol.tags(tags);
    }

    EntityTags tags(String cluster, EntityType type, Labels labels) {
        if (size >= MOST_ENTITIES) {
            byCluster.clear();
            size = 0;
        }
        Map<EntityType, Map<Labels, EntityTags>> byType = byCluster.get(cluster);
        if (byType == null) {
            byType = new EnumMap<>(EntityType.class);
            byCluster.put(cluster, byType);
        }
        Map<Labels, EntityTags> byLabels = byType.get(type);
        if (byLabels == null) {
            byLabels = new HashMap<>();
            byType.put(type, byLabels);
        }
        EntityTags tags = byLabels.get(labels);
        if (tags == null) {
            tags = new EntityTags(cluster, type, labels);
            byLabels.put(labels, tags);
            size++;
        }
        return tags;
    }
}
