package io.heapster.simulator.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A node; what happens on it is {@link SimulatedCluster}'s.
 *
 * @param index counted from 0; an index is never used again
 * @param name name
 * @param uid identity
 * @param address loopback address its kubelet answers on
 * @param startedAt its counters begin here
 * @param labels labels
 * @param cpuCapacity millicores
 * @param cpuAllocatable millicores
 * @param memoryCapacity bytes
 * @param memoryAllocatable bytes
 * @param diskCapacity bytes
 * @param load what all of its processes use
 * @param traffic its network
 * @param disk course of the bytes used of its disk
 * @param systemContainers parts of its processes that are no pods
 */
public record SimulatedNode(
        int index,
        String name,
        String uid,
        String address,
        Instant startedAt,
        Map<String, String> labels,
        long cpuCapacity,
        long cpuAllocatable,
        long memoryCapacity,
        long memoryAllocatable,
        long diskCapacity,
        Load load,
        Traffic traffic,
        Wave disk,
        List<SystemContainer> systemContainers) {

    /**
     * Processes the kubelet shows beside the pods.
     *
     * @param name {@code kubelet}, {@code runtime} or {@code pods}
     * @param startedAt its counters begin here
     * @param load what they use
     */
    public record SystemContainer(String name, Instant startedAt, Load load) {}
}
