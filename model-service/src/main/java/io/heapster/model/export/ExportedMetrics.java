package io.heapster.model.export;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.Metrics;
import java.util.List;

/** The metrics that are exported: what was measured itself and the limits, but nothing derived. Heapster's choice. */
final class ExportedMetrics {
    static final List<Metric> ALL = List.of(
            Metrics.UPTIME,
            Metrics.CPU_USAGE,
            Metrics.MEMORY_USAGE,
            Metrics.MEMORY_RSS,
            Metrics.MEMORY_CACHE,
            Metrics.MEMORY_WORKING_SET,
            Metrics.MEMORY_PAGE_FAULTS,
            Metrics.MEMORY_MAJOR_PAGE_FAULTS,
            Metrics.NETWORK_RX,
            Metrics.NETWORK_RX_ERRORS,
            Metrics.NETWORK_TX,
            Metrics.NETWORK_TX_ERRORS,
            Metrics.CPU_LIMIT,
            Metrics.MEMORY_LIMIT,
            Metrics.FILESYSTEM_USAGE,
            Metrics.FILESYSTEM_LIMIT,
            Metrics.FILESYSTEM_AVAILABLE,
            Metrics.FILESYSTEM_INODES,
            Metrics.FILESYSTEM_INODES_FREE,
            Metrics.DISK_IO_READ_BYTES,
            Metrics.DISK_IO_WRITE_BYTES,
            Metrics.ACCELERATOR_MEMORY_TOTAL,
            Metrics.ACCELERATOR_MEMORY_USED,
            Metrics.ACCELERATOR_DUTY_CYCLE);

    private static final boolean[] CONTAINED = new boolean[MetricCatalogue.idBound()];

    static {
        for (Metric metric : ALL) {
            CONTAINED[metric.id()] = true;
        }
    }

    private ExportedMetrics() {}

    static boolean contains(Metric metric) {
        return metric.id() < CONTAINED.length && CONTAINED[metric.id()];
    }
}
