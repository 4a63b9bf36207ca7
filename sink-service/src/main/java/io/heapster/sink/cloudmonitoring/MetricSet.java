package io.heapster.sink.cloudmonitoring;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import java.util.Set;

/** Which metrics are written. */
enum MetricSet {
    ALL,
    /** What an autoscaler of nodes looks at. */
    AUTOSCALING;

    private static final Set<Metric> NODE_LOAD = Set.of(
            Metrics.CPU_NODE_UTILIZATION,
            Metrics.CPU_NODE_RESERVATION,
            Metrics.MEMORY_NODE_UTILIZATION,
            Metrics.MEMORY_NODE_RESERVATION);

    boolean has(Metric metric) {
        return this == ALL || NODE_LOAD.contains(metric);
    }
}
