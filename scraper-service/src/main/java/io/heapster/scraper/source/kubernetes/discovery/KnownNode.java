package io.heapster.scraper.source.kubernetes.discovery;

import io.heapster.contract.sample.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a node.
 *
 * @param address the IP address of its kubelet, without brackets, or null when it has none
 * @param kubeletPort as the node tells; 0 when it does not
 * @param incarnation changes when the kubelet gets another version or the machine boots
 * @param resourceMetricsPath what the node says it serves in place of {@code /metrics/resource}; empty when it says nothing
 * @param ready false when the Ready condition is there and not true
 * @param identity the labels that all its entities carry: nodename, hostname, host_id
 * @param labels the node's own labels
 * @param cpuCapacityMillis millicores; likewise the allocatable
 * @param memoryCapacity bytes; likewise the allocatable, and ephemeral storage
 */
public record KnownNode(
        String name,
        @Nullable String address,
        int kubeletPort,
        String incarnation,
        String resourceMetricsPath,
        boolean ready,
        Labels identity,
        Labels labels,
        boolean schedulable,
        long cpuCapacityMillis,
        long cpuAllocatableMillis,
        long memoryCapacity,
        long memoryAllocatable,
        long ephemeralStorageCapacity,
        long ephemeralStorageAllocatable) {}
