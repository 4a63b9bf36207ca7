package io.heapster.sink.cloudmonitoring;

import com.google.api.MonitoredResource;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.sink.googlecloud.MonitoredResources;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the series of entities seen before have in common, so that in the steady state no label is looked at. Bounded:
 * full, it begins anew. For one thread.
 */
final class SeriesCache {
    private static final int MOST = 1 << 16;

    private record Key(String cluster, EntityType type, Labels entity, Labels resource) {}

    /** The series of one entity, or of one of its resources: all that differs is the metric. */
    static final class Group {
        private final Map<String, String> labels;
        private final MonitoredResource resource;
        private int[] counterIds = {};
        private Counter[] counters = {};

        private Group(Map<String, String> labels, MonitoredResource resource) {
            this.labels = labels;
            this.resource = resource;
        }

        Map<String, String> labels() {
            return labels;
        }

        MonitoredResource resource() {
            return resource;
        }

        Counter counter(int metricId) {
            for (int i = 0; i < counterIds.length; i++) {
                if (counterIds[i] == metricId) {
                    return counters[i];
                }
            }
            counterIds = Arrays.copyOf(counterIds, counterIds.length + 1);
            counters = Arrays.copyOf(counters, counters.length + 1);
            counterIds[counterIds.length - 1] = metricId;
            counters[counters.length - 1] = new Counter();
            return counters[counters.length - 1];
        }
    }

    private final SeriesLabels labels;
    private final MonitoredResources resources;
    private final Map<Key, Group> groups = new HashMap<>();

    SeriesCache(SeriesLabels labels, MonitoredResources resources) {
        this.labels = labels;
        this.resources = resources;
    }

    Group group(String cluster, EntityType type, Labels entity, Labels resource) {
        Key key = new Key(cluster, type, entity, resource);
        Group group = groups.get(key);
        if (group == null) {
            if (groups.size() >= MOST) {
                groups.clear();
            }
            group = new Group(labels.of(cluster, type, entity, resource), resources.of(cluster, type, entity));
            groups.put(key, group);
        }
        return group;
    }
}
