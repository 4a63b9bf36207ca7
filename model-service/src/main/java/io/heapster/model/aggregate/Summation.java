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
import java.util.stream.Stream;

/**
 * Sums of the pods of one cluster at one tick: each namespace is the sum of its pods, the cluster the sum of its
 * namespaces. A metric that no pod has is in no sum. A pod on its node's network counts for everything but the network,
 * since its counters are the node's own. Beside these the cluster has the sums of its nodes, under names of their own;
 * and every sum says how many nodes it covers.
 */
final class Summation {
    /** What is summed of pods, under the same name. */
    static final List<Metric> OF_PODS = List.of(
            Metrics.CPU_USAGE_RATE,
            Metrics.MEMORY_USAGE,
            Metrics.CPU_REQUEST,
            Metrics.CPU_LIMIT,
            Metrics.MEMORY_REQUEST,
            Metrics.MEMORY_LIMIT,
            Metrics.MEMORY_WORKING_SET,
            Metrics.NETWORK_RX_RATE,
            Metrics.NETWORK_TX_RATE);

    /** What is summed of nodes. */
    static final List<Metric> OF_NODES = List.of(
            Metrics.CPU_USAGE_RATE,
            Metrics.MEMORY_USAGE,
            Metrics.MEMORY_WORKING_SET,
            Metrics.NETWORK_RX_RATE,
            Metrics.NETWORK_TX_RATE);

    /** What the sums of nodes are called, in the order of {@link #OF_NODES}. */
    private static final List<Metric> WHOLE_OF_NODES = List.of(
            Metrics.CPU_NODES_USAGE_RATE,
            Metrics.MEMORY_NODES_USAGE,
            Metrics.MEMORY_NODES_WORKING_SET,
            Metrics.NETWORK_NODES_RX_RATE,
            Metrics.NETWORK_NODES_TX_RATE);

    /** All that a sum may have. */
    static final List<Metric> OF_SUMS = Stream.of(
                    OF_PODS, WHOLE_OF_NODES, List.of(Metrics.NODES_COVERED, Metrics.NODES_KNOWN))
            .flatMap(List::stream)
            .toList();

    private static final List<Metric> NETWORK = List.of(Metrics.NETWORK_RX_RATE, Metrics.NETWORK_TX_RATE);

    private final Coverage coverage;
    private final Map<String, Entity> namespaces = new TreeMap<>();
    private final Samples nodes = new Samples();

    Summation(Coverage coverage) {
        this.coverage = coverage;
    }

    /** Adds one node: its values of some of {@link #OF_NODES}. */
    void addNode(Samples row) {
        for (int i = 0; i < row.size(); i++) {
            Metric metric = row.metric(i);
            if (isNumber(row, i)) {
                plus(nodes, WHOLE_OF_NODES.get(OF_NODES.indexOf(metric)), row.bits(i));
            }
        }
    }

    /** Adds one pod: its labels, and its values of some of {@link #OF_PODS}. */
    void addPod(Labels pod, Samples row) {
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
            if (isNumber(row, i) && !(onNodesNetwork && NETWORK.contains(metric))) {
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
            coverage.addTo(sums);
            entities.add(namespace);
        }
        for (int i = 0; i < nodes.size(); i++) {
            cluster.samples().append(nodes.metricId(i), nodes.bits(i));
        }
        coverage.addTo(cluster.samples());
        entities.add(0, rounded(cluster));
        return entities;
    }

    private static boolean isNumber(Samples row, int index) {
        return !row.metric(index).isDouble() || Double.isFinite(row.doubleValue(index));
    }

    private static void plus(Samples sums, Metric metric, long bits) {
        int index = sums.indexOf(metric);
        if (index < 0) {
            sums.append(metric.id(), bits);
        } else {
            sums.plus(index, bits);
        }
    }

    /** Adding doubles leaves traces behind the last decimal place that a metric has; too many of them are no number. */
    private static Entity rounded(Entity sum) {
        Entity rounded = new Entity(sum.type(), sum.labels());
        Samples sums = sum.samples();
        for (int i = 0; i < sums.size(); i++) {
            Metric metric = sums.metric(i);
            if (!isNumber(sums, i)) {
                continue;
            }
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
