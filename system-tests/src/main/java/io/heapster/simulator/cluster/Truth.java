package io.heapster.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The exact figure of everything in a simulated cluster at any instant. Pure functions: what a kubelet answers is this at
 * the sample time it names.
 *
 * <p>Counters are 0 before their entity's start. Times are exact to the millisecond, gauges to the second.
 */
public final class Truth {
    private static final long FILESYSTEM_INODES = 16_777_216;

    private final long spreadSeconds;

    /**
     * @param sampleSpread how old a sample may be when it is answered, whole seconds
     */
    public Truth(Duration sampleSpread) {
        this.spreadSeconds = sampleSpread.toSeconds();
    }

    // When a sample was taken

    /** The time of the newest CPU and memory sample of a container when asked at this instant. */
    public Instant sampleTime(SimulatedContainer container, Instant asked) {
        return sampleTime(container.load().phase(), container.startedAt(), asked);
    }

    /** The time of the newest CPU and memory sample of a pod when asked at this instant. */
    public Instant sampleTime(SimulatedPod pod, Instant asked) {
        return sampleTime(pod.overhead().phase(), pod.startedAt(), asked);
    }

    /** The time of the newest network sample of a pod when asked at this instant. */
    public Instant networkSampleTime(SimulatedPod pod, Instant asked) {
        return sampleTime(pod.traffic().phase() + pod.slot(), pod.startedAt(), asked);
    }

    /** The time of the newest sample of everything of a node when asked at this instant. */
    public Instant sampleTime(SimulatedNode node, Instant asked) {
        return sampleTime(node.load().phase(), node.startedAt(), asked);
    }

    /** The time of the newest sample of a system container when asked at this instant. */
    public Instant sampleTime(SimulatedNode.SystemContainer container, Instant asked) {
        return sampleTime(container.load().phase(), container.startedAt(), asked);
    }

    private Instant sampleTime(int phase, Instant startedAt, Instant asked) {
        long second = asked.getEpochSecond();
        long age = spreadSeconds == 0 ? 0 : Math.floorMod(second - phase, spreadSeconds);
        return Instant.ofEpochSecond(Math.max(second - age, startedAt.getEpochSecond()));
    }

    // Containers

    /** CPU nanoseconds used since the container's start. */
    public long cpuUsageNanos(SimulatedContainer container, Instant at) {
        return container.load().cpuNanosPerMilli() * millisSince(container.startedAt(), at);
    }

    /** CPU used at any time, millicores as the pipeline shows them: truncated. */
    public long cpuUsageRateMillicores(SimulatedContainer container) {
        return container.load().cpuNanosPerMilli() / 1_000;
    }

    /** Memory used, bytes. */
    public long memoryUsageBytes(SimulatedContainer container, Instant at) {
        return container.load().memory().at(at.getEpochSecond());
    }

    /** Memory not easily given back, bytes. */
    public long memoryWorkingSetBytes(SimulatedContainer container, Instant at) {
        return workingSet(memoryUsageBytes(container, at));
    }

    /** Anonymous memory, bytes. */
    public long memoryRssBytes(SimulatedContainer container, Instant at) {
        return rss(memoryUsageBytes(container, at));
    }

    /** Page faults since the container's start. */
    public long pageFaults(SimulatedContainer container, Instant at) {
        return counter(container.load().pageFaultsPerSecond(), container.startedAt(), at);
    }

    /** Major page faults since the container's start. */
    public long majorPageFaults(SimulatedContainer container, Instant at) {
        return counter(container.load().majorPageFaultsPerSecond(), container.startedAt(), at);
    }

    /** Swap used, bytes. */
    public long swapUsageBytes(SimulatedContainer container) {
        return container.load().memory().base() / 64;
    }

    /** Bytes in the writable layer. */
    public long rootfsUsedBytes(SimulatedContainer container, Instant at) {
        return container.rootfs().at(at.getEpochSecond());
    }

    /** Bytes in the logs. */
    public long logsUsedBytes(SimulatedContainer container, Instant at) {
        return container.logs().at(at.getEpochSecond());
    }

    // Pods

    /** CPU nanoseconds used by all of the pod since its start, whatever its containers did. */
    public long cpuUsageNanos(SimulatedPod pod, Instant at) {
        return cpuNanosPerMilli(pod) * millisSince(pod.startedAt(), at);
    }

    /** CPU nanoseconds the pod uses in every millisecond. */
    public long cpuNanosPerMilli(SimulatedPod pod) {
        long sum = pod.overhead().cpuNanosPerMilli();
        for (SimulatedContainer container : pod.containers()) {
            sum += container.load().cpuNanosPerMilli();
        }
        return sum;
    }

    /** CPU used at any time, millicores as the pipeline shows them: truncated. */
    public long cpuUsageRateMillicores(SimulatedPod pod) {
        return cpuNanosPerMilli(pod) / 1_000;
    }

    /** Memory used by all of the pod, bytes. */
    public long memoryUsageBytes(SimulatedPod pod, Instant at) {
        long sum = pod.overhead().memory().at(at.getEpochSecond());
        for (SimulatedContainer container : pod.containers()) {
            sum += memoryUsageBytes(container, at);
        }
        return sum;
    }

    /** Memory of the pod not easily given back, bytes. */
    public long memoryWorkingSetBytes(SimulatedPod pod, Instant at) {
        return workingSet(memoryUsageBytes(pod, at));
    }

    /** Anonymous memory of the pod, bytes. */
    public long memoryRssBytes(SimulatedPod pod, Instant at) {
        return rss(memoryUsageBytes(pod, at));
    }

    /** Page faults of the pod since its start. */
    public long pageFaults(SimulatedPod pod, Instant at) {
        long perSecond = pod.overhead().pageFaultsPerSecond();
        for (SimulatedContainer container : pod.containers()) {
            perSecond += container.load().pageFaultsPerSecond();
        }
        return counter(perSecond, pod.startedAt(), at);
    }

    /** Major page faults of the pod since its start. */
    public long majorPageFaults(SimulatedPod pod, Instant at) {
        long perSecond = pod.overhead().majorPageFaultsPerSecond();
        for (SimulatedContainer container : pod.containers()) {
            perSecond += container.load().majorPageFaultsPerSecond();
        }
        return counter(perSecond, pod.startedAt(), at);
    }

    /** Swap used by the pod, bytes. */
    public long swapUsageBytes(SimulatedPod pod) {
        long sum = 0;
        for (SimulatedContainer container : pod.containers()) {
            sum += swapUsageBytes(container);
        }
        return sum;
    }

    /** Bytes received since the start of the pod, or of the node for a host-network pod. */
    public long networkRxBytes(SimulatedPod pod, SimulatedNode node, Instant at) {
        return counter(pod.traffic().rxBytes(), networkStart(pod, node), at);
    }

    /** Bytes sent, counted as {@link #networkRxBytes(SimulatedPod, SimulatedNode, Instant)}. */
    public long networkTxBytes(SimulatedPod pod, SimulatedNode node, Instant at) {
        return counter(pod.traffic().txBytes(), networkStart(pod, node), at);
    }

    /** Errors while receiving, counted as {@link #networkRxBytes(SimulatedPod, SimulatedNode, Instant)}. */
    public long networkRxErrors(SimulatedPod pod, SimulatedNode node, Instant at) {
        return counter(pod.traffic().rxErrors(), networkStart(pod, node), at);
    }

    /** Errors while sending, counted as {@link #networkRxBytes(SimulatedPod, SimulatedNode, Instant)}. */
    public long networkTxErrors(SimulatedPod pod, SimulatedNode node, Instant at) {
        return counter(pod.traffic().txErrors(), networkStart(pod, node), at);
    }

    /** Bytes used of the pod's volume {@code data}. */
    public long volumeUsedBytes(SimulatedPod pod, Instant at) {
        return pod.volume().at(at.getEpochSecond());
    }

    /** Bytes the pod's containers hold in writable layers and logs. */
    public long ephemeralStorageUsedBytes(SimulatedPod pod, Instant at) {
        long sum = 0;
        for (SimulatedContainer container : pod.containers()) {
            sum += rootfsUsedBytes(container, at) + logsUsedBytes(container, at);
        }
        return sum;
    }

    // Nodes

    /** CPU nanoseconds used by all of the node since its start. */
    public long cpuUsageNanos(SimulatedNode node, Instant at) {
        return node.load().cpuNanosPerMilli() * millisSince(node.startedAt(), at);
    }

    /** CPU used at any time, millicores as the pipeline shows them: truncated. */
    public long cpuUsageRateMillicores(SimulatedNode node) {
        return node.load().cpuNanosPerMilli() / 1_000;
    }

    /** Memory used by all of the node, bytes. */
    public long memoryUsageBytes(SimulatedNode node, Instant at) {
        return node.load().memory().at(at.getEpochSecond());
    }

    /** Memory of the node not easily given back, bytes. */
    public long memoryWorkingSetBytes(SimulatedNode node, Instant at) {
        return workingSet(memoryUsageBytes(node, at));
    }

    /** Anonymous memory of the node, bytes. */
    public long memoryRssBytes(SimulatedNode node, Instant at) {
        return rss(memoryUsageBytes(node, at));
    }

    /** Page faults of the node since its start. */
    public long pageFaults(SimulatedNode node, Instant at) {
        return counter(node.load().pageFaultsPerSecond(), node.startedAt(), at);
    }

    /** Major page faults of the node since its start. */
    public long majorPageFaults(SimulatedNode node, Instant at) {
        return counter(node.load().majorPageFaultsPerSecond(), node.startedAt(), at);
    }

    /** Bytes the node received since its start. */
    public long networkRxBytes(SimulatedNode node, Instant at) {
        return counter(node.traffic().rxBytes(), node.startedAt(), at);
    }

    /** Bytes the node sent since its start. */
    public long networkTxBytes(SimulatedNode node, Instant at) {
        return counter(node.traffic().txBytes(), node.startedAt(), at);
    }

    /** Errors while receiving since the node's start. */
    public long networkRxErrors(SimulatedNode node, Instant at) {
        return counter(node.traffic().rxErrors(), node.startedAt(), at);
    }

    /** Errors while sending since the node's start. */
    public long networkTxErrors(SimulatedNode node, Instant at) {
        return counter(node.traffic().txErrors(), node.startedAt(), at);
    }

    /** Bytes used of the node's disk, which images, writable layers and logs share. */
    public long diskUsedBytes(SimulatedNode node, Instant at) {
        return node.disk().at(at.getEpochSecond());
    }

    /** Inodes of every file system. */
    public long inodes() {
        return FILESYSTEM_INODES;
    }

    /** Inodes that hold so many bytes. */
    public long inodesUsed(long usedBytes) {
        return usedBytes / 4_096 + 1;
    }

    // System containers

    /** CPU nanoseconds used since the system container's start. */
    public long cpuUsageNanos(SimulatedNode.SystemContainer container, Instant at) {
        return container.load().cpuNanosPerMilli() * millisSince(container.startedAt(), at);
    }

    /** Memory used by a system container, bytes. */
    public long memoryUsageBytes(SimulatedNode.SystemContainer container, Instant at) {
        return container.load().memory().at(at.getEpochSecond());
    }

    // Everything

    /** Memory not easily given back, of so much used. */
    public long workingSet(long usageBytes) {
        return usageBytes - usageBytes / 8;
    }

    /** Anonymous memory, of so much used. */
    public long rss(long usageBytes) {
        return usageBytes / 2;
    }

    /** Nanoseconds some process waited for the CPU, where so many were used. */
    public long cpuStalledNanos(long cpuUsageNanos) {
        return cpuUsageNanos / 100;
    }

    /** A counter of this rate that began at the start. */
    public long counter(long perSecond, Instant start, Instant at) {
        return perSecond * millisSince(start, at) / 1_000;
    }

    /** The sum of what these pods use at any time, each truncated to millicores before. */
    public long cpuUsageRateMillicores(List<SimulatedPod> pods) {
        long sum = 0;
        for (SimulatedPod pod : pods) {
            sum += cpuUsageRateMillicores(pod);
        }
        return sum;
    }

    private static Instant networkStart(SimulatedPod pod, SimulatedNode node) {
        return pod.hostNetwork() ? node.startedAt() : pod.startedAt();
    }

    private static long millisSince(Instant start, Instant at) {
        return Math.max(0, at.toEpochMilli() - start.toEpochMilli());
    }
}
