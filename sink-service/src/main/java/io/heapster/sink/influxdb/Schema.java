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
        boolean isTag(String label) {
            return !label.equals(LabelKey.HOST_NETWORK);
        }

        @Override
        void adapt(EntityType type, SortedMap<String, String> labels) {
            String namespace = labels.get(LabelKey.NAMESPACE_NAME);
            if (namespace != null) {
                labels.put("pod_namespace", namespace);
            }
            if (type == EntityType.NODE) {
                labels.put(LabelKey.CONTAINER_NAME, "machine");
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

    /** Whether a label becomes a tag unless the user says otherwise. */
    boolean isTag(String label) {
        return !NOT_IN_V1.contains(label);
    }

    /** Adds what this schema has beyond the labels. */
    void adapt(EntityType type, SortedMap<String, String> labels) {
        // Only the old schema has more.
    }

    /** All labels of one entity's points, sorted by key; those of a resource are added to its entity's. */
    SortedMap<String, String> labels(String cluster, EntityType type, Labels entity, Labels resource) {
        SortedMap<String, String> labels = new TreeMap<>(entity.toMap());
        labels.putAll(resource.toMap());
        labels.put(LabelKey.TYPE, type.label());
        labels.put(LabelKey.CLUSTER_NAME, cluster);
        adapt(type, labels);
        return labels;
    }
}
