package io.heapster.simulator.kubelet;

import io.heapster.simulator.cluster.Resources;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedContainer;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.cluster.SimulatedNode.SystemContainer;
import io.heapster.simulator.cluster.SimulatedPod;
import io.heapster.simulator.cluster.Truth;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Writes what one kubelet answers to {@code GET /stats/summary}: the shape of 1.36, the figures of {@link Truth}. Blocks
 * of pressure stall say nanoseconds; only the CPU's are not zero.
 */
public final class SummaryDocument {
    private static final int BYTES_PER_POD = 6_000;
    private static final long POD_VOLUME_CAPACITY = 1L << 30;
    private static final byte[] COMMA = ",\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NODE_AFTER_SYSTEM = "\n  ],\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NODE_AFTER_FS = ",\n  \"runtime\": {\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NODE_AFTER_RUNTIME = "\n  },\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PODS = "\n },\n \"pods\": [\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n ]\n}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENTITY_END_SYSTEM = "\n   }".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENTITY_END_CONTAINER = "\n    }".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTAINERS_END = "\n   ],\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POD_END = "\n  }".getBytes(StandardCharsets.US_ASCII);
    private static final Template START_TIME = Template.of("\"startTime\": \"#\"", 2);
    private static final Template IMAGE_FS = filesystem("imageFs");
    private static final Template CONTAINER_FS = filesystem("containerFs");
    private static final Template RLIMIT = Template.of("""
            "rlimit": {
             "time": "#",
             "maxpid": 192730,
             "curproc": @
            }""", 2);
    private static final StatsTemplates[] NODE = both(2);
    private static final StatsTemplates[] SYSTEM = both(4);
    private static final StatsTemplates[] POD = both(3);
    private static final StatsTemplates[] CONTAINER = both(5);

    /** A pod with its part of the document that never changes. */
    private static final class PodText {
        private final SimulatedPod pod;
        private final byte[] head;
        private final List<byte[]> containerHeads;

        private PodText(SimulatedPod pod, byte[] head, List<byte[]> containerHeads) {
            this.pod = pod;
            this.head = head;
            this.containerHeads = containerHeads;
        }
    }

    private record NodeText(List<SimulatedPod> source, List<PodText> pods) {}

    private final SimulatedCluster cluster;
    private final Truth truth;
    private final SimulatedNode node;
    private final byte[] nodeHead;
    private final List<byte[]> systemHeads;
    private final boolean pressure;
    private volatile NodeText text;

    /** Prepares the document of a node of the cluster. */
    public SummaryDocument(SimulatedCluster cluster, SimulatedNode node) {
        this.cluster = cluster;
        this.truth = cluster.truth();
        this.node = node;
        this.pressure = cluster.shape().pressure();
        this.nodeHead = utf8("{\n \"node\": {\n  \"nodeName\": \"" + node.name() + "\",\n  \"systemContainers\": [\n");
        this.systemHeads = node.systemContainers().stream()
                .map(container -> utf8(head(3, container.name(), container.startedAt())))
                .toList();
        this.text = prepare(cluster.pods(node.name()));
    }

    /**
     * The document for a question asked at this instant.
     *
     * @param turn changes the order of pods and containers
     */
    public byte[] answer(Instant asked, int turn) {
        DocumentBuffer out = render(asked, turn);
        return Arrays.copyOf(out.array(), out.size());
    }

    /** As {@link #answer}, without the last copy. */
    DocumentBuffer render(Instant asked, int turn) {
        List<SimulatedPod> now = cluster.pods(node.name());
        NodeText prepared = text;
        if (prepared.source() != now) {
            prepared = prepare(now);
            text = prepared;
        }
        DocumentBuffer out = new DocumentBuffer(BYTES_PER_POD * (2 + now.size()));
        writeNode(out, asked, turn);
        out.write(PODS);
        List<PodText> pods = prepared.pods();
        for (int i = 0; i < pods.size(); i++) {
            if (i > 0) {
                out.write(COMMA);
            }
            writePod(out, pods.get(Math.floorMod(i + turn, pods.size())), asked, turn);
        }
        out.write(END);
        return out;
    }

    private NodeText prepare(List<SimulatedPod> pods) {
        return new NodeText(pods, pods.stream().map(SummaryDocument::prepare).toList());
    }

    private static PodText prepare(SimulatedPod pod) {
        String head =
                "  {\n   \"podRef\": {\n    \"name\": \"" + pod.name() + "\",\n    \"namespace\": \"" + pod.namespace()
                        + "\",\n    \"uid\": \"" + pod.uid() + "\"\n   },\n   \"startTime\": \"" + pod.startedAt()
                        + "\",\n   \"containers\": [\n";
        return new PodText(
                pod,
                utf8(head),
                pod.containers().stream()
                        .map(container -> utf8(head(4, container.name(), container.startedAt())))
                        .toList());
    }

    private static String head(int depth, String name, Instant startedAt) {
        String blanks = " ".repeat(depth);
        return blanks + "{\n" + blanks + " \"name\": \"" + name + "\",\n" + blanks + " \"startTime\": \"" + startedAt
                + "\",\n";
    }

    private void writeNode(DocumentBuffer out, Instant asked, int turn) {
        out.write(nodeHead);
        List<SystemContainer> system = node.systemContainers();
        for (int i = 0; i < system.size(); i++) {
            if (i > 0) {
                out.write(COMMA);
            }
            int which = Math.floorMod(i + turn, system.size());
            out.write(systemHeads.get(which));
            writeSystem(out, system.get(which), asked);
            out.write(ENTITY_END_SYSTEM);
        }
        out.write(NODE_AFTER_SYSTEM);
        StatsTemplates templates = templates(NODE);
        Instant at = truth.sampleTime(node, asked);
        long time = at.getEpochSecond();
        long memory = truth.memoryUsageBytes(node, at);
        START_TIME.write(out, node.startedAt().getEpochSecond());
        out.write(COMMA);
        writeCpu(out, templates, at, node.startedAt(), node.load().cpuNanosPerMilli(), truth.cpuUsageNanos(node, at));
        out.write(COMMA);
        writeMemory(
                out,
                templates,
                time,
                node.memoryCapacity() - truth.workingSet(memory),
                memory,
                truth.pageFaults(node, at),
                truth.majorPageFaults(node, at));
        out.write(COMMA);
        writeIo(out, templates, time);
        writeNetwork(
                out,
                templates,
                time,
                truth.networkRxBytes(node, at),
                truth.networkRxErrors(node, at),
                truth.networkTxBytes(node, at),
                truth.networkTxErrors(node, at));
        out.write(COMMA);
        long diskUsed = truth.diskUsedBytes(node, at);
        writeFilesystem(out, templates.fs, time, diskUsed, node.diskCapacity(), diskUsed);
        out.write(NODE_AFTER_FS);
        writeFilesystem(out, IMAGE_FS, time, diskUsed, node.diskCapacity(), diskUsed / 4);
        out.write(COMMA);
        writeFilesystem(out, CONTAINER_FS, time, diskUsed, node.diskCapacity(), diskUsed / 4);
        out.write(NODE_AFTER_RUNTIME);
        RLIMIT.write(out, time, 491);
        out.write(COMMA);
        templates.nodeSwap.write(out, time, 0);
    }

    private void writeSystem(DocumentBuffer out, SystemContainer container, Instant asked) {
        StatsTemplates templates = templates(SYSTEM);
        Instant at = truth.sampleTime(container, asked);
        long time = at.getEpochSecond();
        writeCpu(
                out,
                templates,
                at,
                container.startedAt(),
                container.load().cpuNanosPerMilli(),
                truth.cpuUsageNanos(container, at));
        out.write(COMMA);
        writeMemory(
                out,
                templates,
                time,
                Resources.ABSENT,
                truth.memoryUsageBytes(container, at),
                truth.counter(container.load().pageFaultsPerSecond(), container.startedAt(), at),
                truth.counter(container.load().majorPageFaultsPerSecond(), container.startedAt(), at));
        out.write(COMMA);
        writeIo(out, templates, time);
        templates.swap.write(out, time, 0);
    }

    private void writePod(DocumentBuffer out, PodText prepared, Instant asked, int turn) {
        SimulatedPod pod = prepared.pod;
        out.write(prepared.head);
        int count = pod.containers().size();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.write(COMMA);
            }
            int which = Math.floorMod(i + turn, count);
            out.write(prepared.containerHeads.get(which));
            writeContainer(out, pod.containers().get(which), asked);
            out.write(ENTITY_END_CONTAINER);
        }
        out.write(CONTAINERS_END);
        StatsTemplates templates = templates(POD);
        Instant at = truth.sampleTime(pod, asked);
        long time = at.getEpochSecond();
        writeCpu(out, templates, at, pod.startedAt(), truth.cpuNanosPerMilli(pod), truth.cpuUsageNanos(pod, at));
        out.write(COMMA);
        writeMemory(
                out,
                templates,
                time,
                Resources.ABSENT,
                truth.memoryUsageBytes(pod, at),
                truth.pageFaults(pod, at),
                truth.majorPageFaults(pod, at));
        out.write(COMMA);
        writeIo(out, templates, time);
        Instant networkAt = truth.networkSampleTime(pod, asked);
        writeNetwork(
                out,
                templates,
                networkAt.getEpochSecond(),
                truth.networkRxBytes(pod, node, networkAt),
                truth.networkRxErrors(pod, node, networkAt),
                truth.networkTxBytes(pod, node, networkAt),
                truth.networkTxErrors(pod, node, networkAt));
        out.write(COMMA);
        long volumeUsed = truth.volumeUsedBytes(pod, at);
        writeFilesystem(out, templates.volume, time, volumeUsed, POD_VOLUME_CAPACITY, volumeUsed);
        out.write(COMMA);
        long diskUsed = truth.diskUsedBytes(node, at);
        writeFilesystem(
                out,
                templates.ephemeralStorage,
                time,
                diskUsed,
                node.diskCapacity(),
                truth.ephemeralStorageUsedBytes(pod, at));
        out.write(COMMA);
        templates.processStats.write(out, count + 1);
        out.write(COMMA);
        templates.swap.write(out, time, truth.swapUsageBytes(pod));
        out.write(POD_END);
    }

    private void writeContainer(DocumentBuffer out, SimulatedContainer container, Instant asked) {
        StatsTemplates templates = templates(CONTAINER);
        Instant at = truth.sampleTime(container, asked);
        long time = at.getEpochSecond();
        long memory = truth.memoryUsageBytes(container, at);
        long limit = container.resources().memoryLimit();
        writeCpu(
                out,
                templates,
                at,
                container.startedAt(),
                container.load().cpuNanosPerMilli(),
                truth.cpuUsageNanos(container, at));
        out.write(COMMA);
        writeMemory(
                out,
                templates,
                time,
                limit == Resources.ABSENT ? Resources.ABSENT : limit - truth.workingSet(memory),
                memory,
                truth.pageFaults(container, at),
                truth.majorPageFaults(container, at));
        out.write(COMMA);
        writeIo(out, templates, time);
        long diskUsed = truth.diskUsedBytes(node, at);
        writeFilesystem(
                out, templates.rootfs, time, diskUsed, node.diskCapacity(), truth.rootfsUsedBytes(container, at));
        out.write(COMMA);
        writeFilesystem(out, templates.logs, time, diskUsed, node.diskCapacity(), truth.logsUsedBytes(container, at));
        out.write(COMMA);
        templates.swap.write(out, time, truth.swapUsageBytes(container));
    }

    private void writeCpu(
            DocumentBuffer out,
            StatsTemplates templates,
            Instant at,
            Instant startedAt,
            long nanosPerMilli,
            long used) {
        // A kubelet has no rate, and says 0, until it has two samples.
        long nanoCores = at.isAfter(startedAt) ? 1_000 * nanosPerMilli : 0;
        if (pressure) {
            templates.cpu.write(out, at.getEpochSecond(), nanoCores, used, 0, truth.cpuStalledNanos(used));
        } else {
            templates.cpu.write(out, at.getEpochSecond(), nanoCores, used);
        }
    }

    private void writeMemory(
            DocumentBuffer out,
            StatsTemplates templates,
            long time,
            long available,
            long usage,
            long pageFaults,
            long majorPageFaults) {
        long workingSet = truth.workingSet(usage);
        long rss = truth.rss(usage);
        if (available == Resources.ABSENT) {
            if (pressure) {
                templates.memory.write(out, time, usage, workingSet, rss, pageFaults, majorPageFaults, 0, 0);
            } else {
                templates.memory.write(out, time, usage, workingSet, rss, pageFaults, majorPageFaults);
            }
        } else if (pressure) {
            templates.memoryWithAvailable.write(
                    out, time, available, usage, workingSet, rss, pageFaults, majorPageFaults, 0, 0);
        } else {
            templates.memoryWithAvailable.write(
                    out, time, available, usage, workingSet, rss, pageFaults, majorPageFaults);
        }
    }

    private void writeIo(DocumentBuffer out, StatsTemplates templates, long time) {
        if (pressure) {
            templates.io.write(out, time, 0, 0);
            out.write(COMMA);
        }
    }

    private static void writeNetwork(
            DocumentBuffer out, StatsTemplates templates, long time, long rx, long rxErrors, long tx, long txErrors) {
        templates.network.write(out, time, rx, rxErrors, tx, txErrors, rx, rxErrors, tx, txErrors);
    }

    private void writeFilesystem(
            DocumentBuffer out, Template template, long time, long usedOfAll, long capacity, long used) {
        long inodesUsed = truth.inodesUsed(used);
        template.write(
                out,
                time,
                capacity - usedOfAll,
                capacity,
                used,
                truth.inodes() - truth.inodesUsed(usedOfAll) / 16,
                truth.inodes(),
                inodesUsed);
    }

    private StatsTemplates templates(StatsTemplates[] both) {
        return both[pressure ? 1 : 0];
    }

    private static StatsTemplates[] both(int depth) {
        return new StatsTemplates[] {new StatsTemplates(depth, false), new StatsTemplates(depth, true)};
    }

    private static Template filesystem(String name) {
        return Template.of(
                "\"" + name + "\": {\n \"time\": \"#\",\n \"availableBytes\": @,\n \"capacityBytes\": @,\n"
                        + " \"usedBytes\": @,\n \"inodesFree\": @,\n \"inodes\": @,\n \"inodesUsed\": @\n}",
                3);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
