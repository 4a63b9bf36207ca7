package io.heapster.sink.cloudmonitoring;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.sink.googlecloud.MonitoredResources;
import io.heapster.sink.googlecloud.ResourceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which labels a series has: few enough for Google's limits, and always the node, so that all points of a series come
 * from one node and therefore in order.
 */
final class SeriesLabels {
    static final int MOST_LABELS = 30;
    static final int LONGEST_VALUE = 1_024;

    /** Heapster's labels, and those without which two clusters or two nodes would be one series. */
    private static final List<String> ALL = List.of(
            LabelKey.TYPE,
            LabelKey.CLUSTER_NAME,
            LabelKey.NODENAME,
            LabelKey.HOSTNAME,
            LabelKey.HOST_ID,
            LabelKey.NAMESPACE_NAME,
            LabelKey.POD_NAME,
            LabelKey.CONTAINER_NAME,
            LabelKey.CONTAINER_BASE_IMAGE);

    private static final String RESOURCE_TYPE = "resource_type";
    private static final List<String> AUTOSCALING =
            List.of(LabelKey.CLUSTER_NAME, LabelKey.NODENAME, LabelKey.HOSTNAME, LabelKey.RESOURCE_ID, RESOURCE_TYPE);

    private final MetricSet metrics;
    private final MonitoredResources resources;

    SeriesLabels(MetricSet metrics, MonitoredResources resources) {
        this.metrics = metrics;
        this.resources = resources;
    }

    /** The keys any series of this metric may have. */
    List<String> keys(Metric metric) {
        if (metrics == MetricSet.AUTOSCALING) {
            return AUTOSCALING;
        }
        List<String> keys = new ArrayList<>(ALL);
        keys.addAll(metric.labels());
        return keys;
    }

    /** The labels of one entity's, or one of its resources', series. */
    Map<String, String> of(String cluster, EntityType type, Labels entity, Labels resource) {
        Map<String, String> labels = new TreeMap<>();
        if (metrics == MetricSet.AUTOSCALING) {
            put(labels, LabelKey.CLUSTER_NAME, resources.clusterName(cluster));
            put(labels, LabelKey.NODENAME, entity.get(LabelKey.NODENAME));
            put(labels, LabelKey.HOSTNAME, entity.get(LabelKey.HOSTNAME));
            put(labels, LabelKey.RESOURCE_ID, entity.get(LabelKey.HOST_ID));
            put(labels, RESOURCE_TYPE, "instance");
            return labels;
        }
        put(labels, LabelKey.TYPE, type.label());
        if (resources.model() == ResourceModel.GLOBAL) {
            put(labels, LabelKey.CLUSTER_NAME, resources.clusterName(cluster));
            for (String key : ALL.subList(2, ALL.size())) {
                put(labels, key, entity.get(key));
            }
        } else {
            put(labels, LabelKey.NODENAME, entity.get(LabelKey.NODENAME));
            if (type == EntityType.NAMESPACE) {
                put(labels, LabelKey.NAMESPACE_NAME, entity.get(LabelKey.NAMESPACE_NAME));
            } else if (type == EntityType.SYSTEM_CONTAINER) {
                put(labels, LabelKey.CONTAINER_NAME, entity.get(LabelKey.CONTAINER_NAME));
            }
        }
        for (int i = 0; i < resource.size(); i++) {
            put(labels, resource.key(i), resource.value(i));
        }
        return labels;
    }

    private static void put(Map<String, String> labels, String key, String value) {
        if (!value.isEmpty() && labels.size() < MOST_LABELS) {
            labels.put(key, ShortText.of(value, LONGEST_VALUE, '#'));
        }
    }
}
