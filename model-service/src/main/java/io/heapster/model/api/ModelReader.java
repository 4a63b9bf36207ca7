package io.heapster.model.api;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.EntityKey;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.model.statistics.EntityStatistics;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import io.heapster.model.store.Points;
import io.heapster.model.store.SampleStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers the questions of the model API from the store. What is not there is answered by nothing, never an error. */
@Singleton
class ModelReader {
    private final SampleStore store;

    ModelReader(SampleStore store) {
        this.store = store;
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

    /** Pods that run on a node now, as {@code namespace/pod}, sorted. */
    List<String> podsOnNode(@Nullable ClusterHistory cluster, @Nullable ContainerOwner node) {
        List<String> names = new ArrayList<>();
        if (cluster == null || node == null) {
            return names;
        }
        for (NamespaceHistory namespace : cluster.namespaces()) {
            for (ContainerOwner pod : namespace.pods()) {
                if (cluster.isCurrent(pod)
                        && pod.labels().get(LabelKey.NODENAME).equals(node.name())) {
                    names.add(namespace.name() + "/" + pod.name());
                }
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

    EntityStatistics statistics(@Nullable EntityHistory entity) {
        return entity == null ? EntityStatistics.NONE : EntityStatistics.of(entity, store.oldestTick());
    }

    /** When the oldest of some entities started, ms since 1970; {@link Long#MAX_VALUE} when none says. */
    static long earliestStart(Collection<? extends EntityHistory> entities) {
        long earliest = Long.MAX_VALUE;
        for (EntityHistory entity : entities) {
            if (entity.startMillis() > 0) {
                earliest = Math.min(earliest, entity.startMillis());
            }
        }
        return earliest;
    }

    /** The points asked for; null when there is no such entity, metric or resource. */
    @Nullable
    Points points(@Nullable EntityHistory entity, String metricName, SeriesQuery query) {
        // Read before all else: a bad query is bad even where there is nothing to find.
        long from = Math.max(query.fromMillis(), store.oldestTick());
        long to = query.toMillis();
        Labels asked = query.resource();
        Metric metric = MetricCatalogue.byName(metricName);
        boolean old = metric == null;
        if (old) {
            metric = OldNames.metric(metricName);
        }
        if (entity == null || metric == null) {
            return null;
        }
        if (!metric.labelled()) {
            return asked == null ? entity.points(metric, from, to) : null;
        }
        Labels resource = asked != null
                ? asked
                : old ? resourceOfOldName(entity, metric, metricName) : onlyResource(entity, metric);
        return resource == null ? null : entity.points(metric, resource, from, to);
    }

    private @Nullable Labels onlyResource(EntityHistory entity, Metric metric) {
        Set<Labels> resources = entity.resourcesOf(metric, store.oldestTick());
        return resources.size() == 1 ? resources.iterator().next() : null;
    }

    private @Nullable Labels resourceOfOldName(EntityHistory entity, Metric metric, String name) {
        for (Labels resource : entity.resourcesOf(metric, store.oldestTick())) {
            if (name.equals(OldNames.of(metric, resource))) {
                return resource;
            }
        }
        return null;
    }
}
