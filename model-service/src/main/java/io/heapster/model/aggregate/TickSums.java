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
import io.heapster.model.store.Pacer;
import io.heapster.model.store.RowReader;
import org.jspecify.annotations.Nullable;

/** What the namespaces of a cluster, and the cluster itself, sum up to at one tick. */
public final class TickSums {
    private TickSums() {}

    /** The sums over all pods and over all nodes that have a row of this tick, as a batch of no node. */
    public static SampleBatch of(ClusterHistory cluster, TickLedger.Due due) {
        long tickMillis = due.tickMillis();
        Summation summation = new Summation(due.coverage());
        Samples row = new Samples();
        RowReader reader = new RowReader();
        Pacer pacer = new Pacer();
        for (ContainerOwner node : cluster.nodes()) {
            row.clear();
            if (reader.readRow(node, tickMillis, Summation.OF_NODES, row)) {
                summation.addNode(row);
            }
            pacer.step();
        }
        for (NamespaceHistory namespace : cluster.namespaces()) {
            for (ContainerOwner pod : namespace.pods()) {
                row.clear();
                if (reader.readRow(pod, tickMillis, Summation.OF_PODS, row)) {
                    summation.addPod(pod.labels(), row);
                }
                pacer.step();
            }
        }
        NodeKey noNode = new NodeKey(cluster.name(), "");
        return SampleBatch.ok(noNode, tickMillis, due.resolutionMillis(), summation.entities());
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
        if (history == null
                || !new RowReader().readRow(history, tick, Summation.OF_SUMS, known)
                || known.size() != sums.size()) {
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
