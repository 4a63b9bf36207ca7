package io.heapster.scraper.derive;

import static io.heapster.contract.metric.Metrics.CPU_NODE_ALLOCATABLE;
import static io.heapster.contract.metric.Metrics.CPU_NODE_CAPACITY;
import static io.heapster.contract.metric.Metrics.CPU_NODE_RESERVATION;
import static io.heapster.contract.metric.Metrics.CPU_NODE_UTILIZATION;
import static io.heapster.contract.metric.Metrics.CPU_REQUEST;
import static io.heapster.contract.metric.Metrics.CPU_USAGE_RATE;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_NODE_ALLOCATABLE;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_NODE_CAPACITY;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_NODE_RESERVATION;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_NODE_UTILIZATION;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_REQUEST;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_NODE_ALLOCATABLE;
import static io.heapster.contract.metric.Metrics.MEMORY_NODE_CAPACITY;
import static io.heapster.contract.metric.Metrics.MEMORY_NODE_RESERVATION;
import static io.heapster.contract.metric.Metrics.MEMORY_NODE_UTILIZATION;
import static io.heapster.contract.metric.Metrics.MEMORY_REQUEST;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Samples;
import io.heapster.scraper.source.NodeInventory;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a node has, and which share of it is used and reserved. A share of what was not measured is not there. */
final class NodeShares {
    private NodeShares() {}

    static void add(Samples node, NodeInventory inventory) {
        amount(node, CPU_NODE_CAPACITY, inventory.cpuCapacityMillis());
        amount(node, CPU_NODE_ALLOCATABLE, inventory.cpuAllocatableMillis());
        amount(node, MEMORY_NODE_CAPACITY, inventory.memoryCapacity());
        amount(node, MEMORY_NODE_ALLOCATABLE, inventory.memoryAllocatable());
        amount(node, EPHEMERAL_STORAGE_NODE_CAPACITY, inventory.ephemeralStorageCapacity());
        amount(node, EPHEMERAL_STORAGE_NODE_ALLOCATABLE, inventory.ephemeralStorageAllocatable());

        share(node, CPU_NODE_UTILIZATION, CPU_USAGE_RATE, inventory.cpuAllocatableMillis());
        share(node, CPU_NODE_RESERVATION, CPU_REQUEST, inventory.cpuAllocatableMillis());
        share(node, MEMORY_NODE_UTILIZATION, MEMORY_USAGE, inventory.memoryAllocatable());
        share(node, MEMORY_NODE_RESERVATION, MEMORY_REQUEST, inventory.memoryAllocatable());
        share(
                node,
                EPHEMERAL_STORAGE_NODE_UTILIZATION,
                EPHEMERAL_STORAGE_USAGE,
                inventory.ephemeralStorageAllocatable());
        share(
                node,
                EPHEMERAL_STORAGE_NODE_RESERVATION,
                EPHEMERAL_STORAGE_REQUEST,
                inventory.ephemeralStorageAllocatable());
    }

    private static void amount(Samples node, Metric metric, double amount) {
        if (amount > 0 && !node.has(metric)) {
            node.add(metric, amount);
        }
    }

    private static void share(Samples node, Metric share, Metric part, double whole) {
        int at = node.indexOf(part);
        if (at >= 0 && whole > 0 && !node.has(share)) {
            node.add(
                    share,
                    BigDecimal.valueOf(node.longValue(at))
                            .divide(BigDecimal.valueOf(whole), share.decimals(), RoundingMode.HALF_EVEN)
                            .doubleValue());
        }
    }
}
