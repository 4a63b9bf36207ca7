package io.heapster.model.api;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.EntityKey;
import io.heapster.contract.sample.Labels;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import io.heapster.model.store.Points;
import io.heapster.model.store.SampleStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers the questions of the model API from the store. */
final class ModelReader {
    /** Names that Heapster before 1.0 used, and clients of that time still do. */
    private static final Map<String, String> OLD_NAMES = Map.of(
            "cpu-usage", "cpu/usage_rate",
            "cpu-limit", "cpu/limit",
            "memory-limit", "memory/limit",
            "memory-usage", "memory/usage",
            "memory-working", "memory/working_set");

    private final SampleStore store;
    private final Optional<String> configuredCluster;

    /** @param configuredCluster the cluster meant when a request names none */
    ModelReader(SampleStore store, Optional<String> configuredCluster) {
        this.store = store;
        this.configuredCluster = configuredCluster;
    }

    /** The cluster asked for, else the configured one, else the only one, else the one named {@code default}. */
    @Nullable
    ClusterHistory cluster(@Nullable String asked) {
        if (asked != null && !asked.isEmpty()) {
            return store.cluster(asked);
        }
        if (configuredCluster.isPresent()) {
            return store.cluster(configuredCluster.get());
        }
        Iterator<ClusterHistory> all = store.clusters().iterator();
        ClusterHistory first = all.hasNext() ? all.next() : null;
        return first != null && !all.hasNext() ? first : store.cluster("default");
    }

    /** Names of those entities that belong to the cluster as it is now, sorted. */
    List<String> names(@Nullable ClusterHistory cluster, Collection<? extends EntityHistory> entities) {
        List<String> names = new ArrayList<>();
        for (EntityHistory entity : entities) {
            if (cluster != null && cluster.isCurrent(entity)) {
                names.add(entity.name());
            }
        }
        Collections.sort(names);
        return names;
    }

    /** Heapster's keys of all entities of the cluster as it is now, sorted. */
    List<String> keys(@Nullable ClusterHistory cluster) {
        List<String> keys = new ArrayList<>();
        if (cluster == null) {
            return keys;
        }
        keys.add(EntityKey.cluster());
        for (ContainerOwner node : cluster.nodes()) {
            if (cluster.isCurrent(node)) {
                keys.add(EntityKey.node(node.name()));
                for (String container : names(cluster, node.containers())) {
                    keys.add(EntityKey.systemContainer(node.name(), container));
                }
            }
        }
        for (NamespaceHistory namespace : cluster.namespaces()) {
            if (cluster.isCurrent(namespace)) {
                keys.add(EntityKey.namespace(namespace.name()));
                addPods(cluster, namespace, keys);
            }
        }
        Collections.sort(keys);
        return keys;
    }

    private void addPods(ClusterHistory cluster, NamespaceHistory namespace, List<String> keys) {
        for (ContainerOwner pod : namespace.pods()) {
            if (cluster.isCurrent(pod)) {
                keys.add(EntityKey.pod(namespace.name(), pod.name()));
                for (String container : names(cluster, pod.containers())) {
                    keys.add(EntityKey.podContainer(namespace.name(), pod.name(), container));
                }
            }
        }
    }

    /** Names of all metrics the entity had within the window, sorted. */
    Set<String> metricNames(@Nullable EntityHistory entity) {
        return entity == null ? Set.of() : entity.metricNames(store.oldestTick());
    }

    /** The points asked for; null when there is no such entity, metric or resource. */
    @Nullable
    Points points(@Nullable EntityHistory entity, String metricName, ModelQuery query) {
        // Read before all else: a bad query is bad even where there is nothing to find.
        long from = Math.max(query.fromMillis(), store.oldestTick());
        long to = query.toMillis();
        Labels asked = query.resource();
        Metric metric = MetricCatalogue.byName(OLD_NAMES.getOrDefault(metricName, metricName));
        if (entity == null || metric == null) {
            return null;
        }
        if (!metric.labelled()) {
            return asked == null ? entity.points(metric, from, to) : null;
        }
        Labels resource = asked == null ? onlyResource(entity, metric) : asked;
        return resource == null ? null : entity.points(metric, resource, from, to);
    }

    private @Nullable Labels onlyResource(EntityHistory entity, Metric metric) {
        Set<Labels> resources = entity.resourcesOf(metric, store.oldestTick());
        return resources.size() == 1 ? resources.iterator().next() : null;
    }
}
