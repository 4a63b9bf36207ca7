package io.heapster.model.aggregate;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of the pods of one cluster at one tick: each namespace is the sum of its pods, the cluster the sum of its
 * namespaces. A metric that no pod has is in no sum. A pod on its node's network counts for everything but the network,
 * since its counters are the node's own.
 */
final class Summation {
    /** What is summed. */
    static final List<Metric> METRICS = List.of(
            Metrics.CPU_USAGE_RATE,
            Metrics.MEMORY_USAGE,
            Metrics.CPU_REQUEST,
            Metrics.CPU_LIMIT,
            Metrics.MEMORY_REQUEST,
            Metrics.MEMORY_LIMIT,
            Metrics.MEMORY_WORKING_SET,
            Metrics.NETWORK_RX_RATE,
            Metrics.NETWORK_TX_RATE);

    private static final List<Metric> NETWORK = List.of(Metrics.NETWORK_RX_RATE, Metrics.NETWORK_TX_RATE);

    private final Map<String, Entity> namespaces = new TreeMap<>();

    /** Adds one pod: its labels, and its values of some of the {@link #METRICS}. */
    void add(Labels pod, Samples row) {
        String name = pod.get(LabelKey.NAMESPACE_NAME);
        Entity namespace = namespaces.get(name);
        if (namespace == null) {
            namespace = new Entity(
                    EntityType.NAMESPACE,
                    Labels.of(LabelKey.NAMESPACE_NAME, name, LabelKey.NAMESPACE_ID, pod.get(LabelKey.NAMESPACE_ID)));
            namespaces.put(name, namespace);
        }
        boolean onNodesNetwork = pod.get(LabelKey.HOST_NETWORK).equals("true");
        for (int i = 0; i < row.size(); i++) {
            Metric metric = row.metric(i);
            if (metric.isDouble() && !Double.isFinite(row.doubleValue(i))) {
                continue;
            }
            if (!onNodesNetwork || !NETWORK.contains(metric)) {
                plus(namespace.samples(), metric, row.bits(i));
            }
        }
    }

    /** The cluster, which is there even without pods, then its namespaces by name. */
    List<Entity> entities() {
        Entity cluster = new Entity(EntityType.CLUSTER, Labels.EMPTY);
        List<Entity> entities = new ArrayList<>(namespaces.size() + 1);
        for (Entity unrounded : namespaces.values()) {
            Entity namespace = rounded(unrounded);
            Samples sums = namespace.samples();
            for (int i = 0; i < sums.size(); i++) {
                plus(cluster.samples(), sums.metric(i), sums.bits(i));
            }
            entities.add(namespace);
        }
        entities.add(0, rounded(cluster));
        return entities;
    }

    private static void plus(Samples sums, Metric metric, long bits) {
        int index = sums.indexOf(metric);
        if (index < 0) {
            sums.append(metric.id(), bits);
        } else {
            sums.plus(index, bits);
        }
    }

    /** Adding doubles leaves traces behind the last decimal place that a metric has. */
    private static Entity rounded(Entity sum) {
        Entity rounded = new Entity(sum.type(), sum.labels());
        Samples sums = sum.samples();
        for (int i = 0; i < sums.size(); i++) {
            Metric metric = sums.metric(i);
            long bits = sums.bits(i);
            if (metric.isDouble()) {
                BigDecimal exact = new BigDecimal(sums.doubleValue(i));
                bits = Double.doubleToRawLongBits(exact.setScale(metric.decimals(), RoundingMode.HALF_EVEN)
                        .doubleValue());
            }
            rounded.samples().append(metric.id(), bits);
        }
        return rounded;
    }
}
