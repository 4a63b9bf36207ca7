package io.heapster.sink.influxdb;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a metric is named in the database, and which labels become tags. */
enum Schema {
    /** Heapster up to 0.19: measurement {@code name_units_type}, field {@code value}. */
    V0 {
        @Override
        String measurement(Metric metric) {
            return metric.seriesName();
        }

        @Override
        String field(Metric metric) {
            return VALUE;
        }

        @Override
        void adapt(EntityType type, SortedMap<String, String> tags) {
            tags.remove(LabelKey.HOST_NETWORK);
            String namespace = tags.get(LabelKey.NAMESPACE_NAME);
            if (namespace != null) {
                tags.put("pod_namespace", namespace);
            }
            if (type == EntityType.NODE) {
                tags.put(LabelKey.CONTAINER_NAME, "machine");
            }
        }
    },
    /** Heapster from 1.5: measurement = metric name, field {@code value}; identities that explode series are no tags. */
    V1 {
        @Override
        String measurement(Metric metric) {
            return metric.name();
        }

        @Override
        String field(Metric metric) {
            return VALUE;
        }

        @Override
        void adapt(EntityType type, SortedMap<String, String> tags) {
            tags.keySet().removeAll(NOT_IN_V1);
        }
    },
    /** As {@link #V1}, but the measurement is what stands before the first slash, and the field the rest. */
    V1_WITH_FIELDS {
        @Override
        String measurement(Metric metric) {
            int slash = metric.name().indexOf('/');
            return slash < 0 ? metric.name() : metric.name().substring(0, slash);
        }

        @Override
        String field(Metric metric) {
            int slash = metric.name().indexOf('/');
            return slash < 0 ? VALUE : metric.name().substring(slash + 1);
        }

        @Override
        void adapt(EntityType type, SortedMap<String, String> tags) {
            V1.adapt(type, tags);
        }
    };

    private static final String VALUE = "value";
    private static final Set<String> NOT_IN_V1 = Set.of(
            LabelKey.NAMESPACE_ID,
            LabelKey.POD_ID,
            LabelKey.HOSTNAME,
            LabelKey.HOST_ID,
            LabelKey.POD_IP,
            LabelKey.HOST_NETWORK);

    abstract String measurement(Metric metric);

    abstract String field(Metric metric);

    /** Turns labels into this schema's tags. */
    abstract void adapt(EntityType type, SortedMap<String, String> tags);

    /** The tags of one entity's points, sorted by key; those of a resource are added to its entity's. */
    SortedMap<String, String> tags(String cluster, EntityType type, Labels entity, Labels resource) {
        SortedMap<String, String> tags = new TreeMap<>(entity.toMap());
        tags.putAll(resource.toMap());
        tags.put(LabelKey.TYPE, type.label());
        tags.put(LabelKey.CLUSTER_NAME, cluster);
        adapt(type, tags);
        return tags;
    }
}
