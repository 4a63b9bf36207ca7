package io.heapster.model.aggregate;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import org.jspecify.annotations.Nullable;

/** What the namespaces of a cluster, and the cluster itself, sum up to at one tick. */
public final class TickSums {
    private TickSums() {}

    /** The sums over all pods that have a row of this tick, as a batch of no node. */
    public static SampleBatch of(ClusterHistory cluster, long tickMillis, long resolutionMillis) {
        Summation summation = new Summation();
        Samples row = new Samples();
        for (NamespaceHistory namespace : cluster.namespaces()) {
            for (ContainerOwner pod : namespace.pods()) {
                row.clear();
                if (pod.readRow(tickMillis, Summation.METRICS, row)) {
                    summation.add(pod.labels(), row);
                }
            }
        }
        NodeKey noNode = new NodeKey(cluster.name(), "");
        return SampleBatch.ok(noNode, tickMillis, resolutionMillis, summation.entities());
    }

    /** Whether the store has these very sums already, which is to say the log has them. */
    public static boolean areKnown(SampleBatch sums, ClusterHistory cluster) {
        for (Entity entity : sums.entities()) {
            EntityHistory history = entity.type() == EntityType.CLUSTER
                    ? cluster
                    : cluster.namespace(entity.label(LabelKey.NAMESPACE_NAME));
            if (!isKnown(entity.samples(), history, sums.tickMillis())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnown(Samples sums, @Nullable EntityHistory history, long tick) {
        Samples known = new Samples();
        if (history == null || !history.readRow(tick, Summation.METRICS, known) || known.size() != sums.size()) {
            return false;
        }
        for (int i = 0; i < sums.size(); i++) {
            int index = known.indexOf(sums.metric(i));
            if (index < 0 || known.bits(index) != sums.bits(i)) {
                return false;
            }
        }
        return true;
    }
}
