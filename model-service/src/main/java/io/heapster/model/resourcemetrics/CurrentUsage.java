package io.heapster.model.resourcemetrics;

import io.heapster.contract.sample.LabelKey;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes and pods that a cluster has now, and what they use. Of one request; not for several threads. */
final class CurrentUsage {
    /** A kubelet measures every 10 to 20 s and repeats itself when asked more often. */
    private static final long LONGEST_REPETITION_MILLIS = 60_000;

    private final ClusterHistory cluster;
    private final UsageReader reader;

    CurrentUsage(ClusterHistory cluster) {
        this.cluster = cluster;
        long resolution = cluster.resolutionMillis();
        this.reader =
                new UsageReader(resolution, cluster.newestTick() - Math.max(2 * resolution, LONGEST_REPETITION_MILLIS));
    }

    /** Ascending by name. */
    List<ContainerOwner> nodes() {
        return current(cluster.nodes());
    }

    /** Names, ascending. */
    List<String> namespaces() {
        List<String> names = new ArrayList<>();
        for (NamespaceHistory namespace : cluster.namespaces()) {
            names.add(namespace.name());
        }
        names.sort(null);
        return names;
    }

    /** The pods of a namespace, ascending by name; of one that is not there, none. */
    List<ContainerOwner> pods(String namespace) {
        NamespaceHistory found = cluster.namespace(namespace);
        return found == null ? List.of() : current(found.pods());
    }

    @Nullable
    ContainerOwner node(String name) {
        ContainerOwner node = cluster.node(name);
        return node != null && node.name().equals(name) && cluster.isCurrent(node) ? node : null;
    }

    @Nullable
    ContainerOwner pod(String namespace, String name) {
        ContainerOwner pod = cluster.pod(namespace, name);
        return pod != null && cluster.isCurrent(pod) ? pod : null;
    }

    private <E extends EntityHistory> List<E> current(Collection<E> all) {
        List<E> current = new ArrayList<>(all.size());
        for (E entity : all) {
            if (cluster.isCurrent(entity)) {
                current.add(entity);
            }
        }
        current.sort(Comparator.comparing(EntityHistory::name));
        return current;
    }

    /** What a node uses; null while that is not known. */
    @Nullable
    ObjectUsage ofNode(ContainerOwner node) {
        Usage usage = reader.read(node);
        return usage == null ? null : new ObjectUsage(Kind.NODES, "", node.name(), labels(node), usage, List.of());
    }

    /** What a pod uses; null while that is not known of all containers that it takes. */
    @Nullable
    ObjectUsage ofPod(String namespace, ContainerOwner pod, Completeness completeness) {
        List<ContainerUsage> containers = new ArrayList<>(2);
        Usage sum = null;
        for (EntityHistory container : pod.containers()) {
            if (container.seenMillis() < pod.seenMillis() - cluster.resolutionMillis()) {
                continue;
            }
            Usage usage = reader.read(container);
            if (usage != null) {
                containers.add(new ContainerUsage(container.name(), usage));
                sum = sum == null ? usage : sum.plus(usage);
            } else if (completeness == Completeness.OF_ALL_CONTAINERS || reader.isReportedBySource(container)) {
                return null;
            }
        }
        return sum == null ? null : new ObjectUsage(Kind.PODS, namespace, pod.name(), labels(pod), sum, containers);
    }

    private static String labels(EntityHistory entity) {
        return entity.labels().get(LabelKey.LABELS);
    }
}
