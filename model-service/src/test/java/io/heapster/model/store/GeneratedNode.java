package io.heapster.model.store;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A node whose pods behave like real ones: most idle, some busy, counters that grow unevenly. */
public final class GeneratedNode {
    private static final long START = 1_795_000_000_000L;
    private static final long GIB = 1L << 30;

    private final NodeKey key;
    private final Labels nodeLabels;
    private final Random random;
    private final List<Workload> workloads = new ArrayList<>();

    /** Every third pod has two containers. */
    public GeneratedNode(int number, int pods) {
        String name = "node-" + number + ".eu-central.example";
        random = new Random(number);
        key = new NodeKey("default", name);
        nodeLabels = Labels.of(
                LabelKey.NODENAME, name, LabelKey.HOSTNAME, name, LabelKey.HOST_ID, "i-0" + (912_345_678L + number));
        workloads.add(new Workload(EntityType.NODE, nodeLabels.with(LabelKey.LABELS, nodeText(name))));
        for (int pod = 0; pod < pods; pod++) {
            int deployment = random.nextInt(400);
            Labels labels = nodeLabels
                    .with(LabelKey.POD_ID, new UUID(random.nextLong(), random.nextLong()).toString())
                    .with(
                            LabelKey.POD_NAME,
                            "service-" + deployment + "-7c9d8b6f5-"
                                    + Integer.toString(900_000 + random.nextInt(99_999_999), 36))
                    .with(LabelKey.POD_IP, "10." + number / 250 + "." + number % 250 + "." + pod)
                    .with(LabelKey.NAMESPACE_NAME, "team-" + deployment % 40)
                    .with(LabelKey.NAMESPACE_ID, new UUID(deployment % 40, 17).toString())
                    .with(
                            LabelKey.LABELS,
                            "app:service-" + deployment + ",pod-template-hash:7c9d8b6f5,tier:backend,version:1."
                                    + deployment);
            workloads.add(new Workload(EntityType.POD, labels));
            for (int container = 0; container < (pod % 10 < 3 ? 2 : 1); container++) {
                workloads.add(new Workload(
                        EntityType.POD_CONTAINER,
                        labels.with(LabelKey.CONTAINER_NAME, container == 0 ? "service" : "proxy")
                                .with(
                                        LabelKey.CONTAINER_BASE_IMAGE,
                                        "registry.example/team/service-" + deployment + ":1." + deployment)));
            }
        }
    }

    private static String nodeText(String name) {
        return "kubernetes.io/arch:amd64,kubernetes.io/hostname:" + name + ",kubernetes.io/os:linux";
    }

    public SampleBatch batch(long tick, long resolution) {
        List<Entity> entities = new ArrayList<>();
        for (Workload workload : workloads) {
            entities.add(workload.sample(tick, resolution));
        }
        return SampleBatch.ok(key, tick, resolution, entities);
    }

    private final class Workload {
        private final EntityType type;
        private final Labels labels;
        private final boolean busy = random.nextInt(4) == 0;
        private long cpu = random.nextLong(1L << 45);
        private long faults = random.nextInt(1 << 24);
        private long rx = random.nextLong(1L << 36);
        private long tx = random.nextLong(1L << 36);
        private long memory = GIB / 16 + random.nextLong(GIB / 2);
        private long disk = random.nextLong(GIB);
        private long read = random.nextLong(GIB);
        private final long phase = random.nextInt(10_000);

        Workload(EntityType type, Labels labels) {
            this.type = type;
            this.labels = labels;
        }

        Entity sample(long tick, long resolution) {
            Entity entity = new Entity(type, labels);
            // The kubelet measures on a jittered schedule of its own.
            long measured = tick + phase + random.nextInt(2_000);
            entity.started(START);
            entity.measured(measured);
            long cpuStep = (long) ((busy ? 8e9 : 4e7) * (1 + random.nextGaussian() / 10));
            long faultStep = busy ? random.nextInt(5_000) : random.nextInt(20);
            cpu += Math.max(0, cpuStep);
            faults += faultStep;
            memory = Math.max(
                            GIB / 64,
                            memory + (busy ? random.nextInt(4_000_000) - 2_000_000 : random.nextInt(5) * 4096 - 8192))
                    & ~4095;
            Samples samples = entity.samples();
            samples.add(Metrics.UPTIME, measured - START);
            samples.add(Metrics.CPU_USAGE, cpu);
            samples.add(Metrics.CPU_USAGE_RATE, cpuStep * 1000 / (resolution * 1_000_000));
            samples.add(Metrics.MEMORY_USAGE, memory + 20_000_000);
            samples.add(Metrics.MEMORY_WORKING_SET, memory);
            samples.add(Metrics.MEMORY_RSS, memory - 4_000_000);
            samples.add(Metrics.MEMORY_PAGE_FAULTS, faults);
            samples.add(Metrics.MEMORY_PAGE_FAULTS_RATE, perSecond(faultStep, resolution));
            samples.add(Metrics.MEMORY_MAJOR_PAGE_FAULTS, 12L);
            samples.add(Metrics.MEMORY_MAJOR_PAGE_FAULTS_RATE, 0.0);
            samples.add(Metrics.CPU_REQUEST, 100L);
            samples.add(Metrics.CPU_LIMIT, 500L);
            samples.add(Metrics.MEMORY_REQUEST, GIB / 8);
            samples.add(Metrics.MEMORY_LIMIT, GIB);
            samples.add(Metrics.RESTART_COUNT, 0L);
            if (type == EntityType.POD_CONTAINER) {
                disk += busy ? random.nextInt(1 << 20) & ~4095 : 0;
                fileSystem(entity, "/", 90_112);
                fileSystem(entity, "logs", disk);
            } else {
                network(samples, resolution);
                samples.add(Metrics.EPHEMERAL_STORAGE_USAGE, disk + 131_072);
            }
            if (type == EntityType.NODE) {
                fileSystem(entity, "/", disk);
                read += random.nextInt(1 << 22);
                entity.resource(Labels.of(LabelKey.RESOURCE_ID, "sda")).add(Metrics.DISK_IO_READ_BYTES, read);
                samples.add(Metrics.CPU_NODE_CAPACITY, 16_000.0);
                samples.add(Metrics.CPU_NODE_UTILIZATION, Math.round(random.nextDouble() * 1e6) / 1e6);
            }
            return entity;
        }

        private void network(Samples samples, long resolution) {
            long received = busy ? random.nextInt(50_000_000) : random.nextInt(9_000);
            long sent = busy ? random.nextInt(90_000_000) : random.nextInt(7_000);
            rx += received;
            tx += sent;
            samples.add(Metrics.NETWORK_RX, rx);
            samples.add(Metrics.NETWORK_RX_RATE, perSecond(received, resolution));
            samples.add(Metrics.NETWORK_RX_ERRORS, 0L);
            samples.add(Metrics.NETWORK_RX_ERRORS_RATE, 0.0);
            samples.add(Metrics.NETWORK_TX, tx);
            samples.add(Metrics.NETWORK_TX_RATE, perSecond(sent, resolution));
            samples.add(Metrics.NETWORK_TX_ERRORS, 0L);
            samples.add(Metrics.NETWORK_TX_ERRORS_RATE, 0.0);
        }

        private void fileSystem(Entity entity, String resource, long used) {
            Samples samples = entity.resource(Labels.of(LabelKey.RESOURCE_ID, resource));
            samples.add(Metrics.FILESYSTEM_USAGE, used);
            samples.add(Metrics.FILESYSTEM_LIMIT, 100 * GIB);
            // Free space of the node's disk, which all its containers share: it moves with every tick.
            samples.add(Metrics.FILESYSTEM_AVAILABLE, 60 * GIB - random.nextInt(1 << 24) * 4096L % GIB);
            samples.add(Metrics.FILESYSTEM_INODES, 6_553_600L);
            samples.add(Metrics.FILESYSTEM_INODES_FREE, 6_000_000L - random.nextInt(1_000));
        }

        private double perSecond(long step, long resolution) {
            return Math.round(step * 1e6 / resolution) / 1e3;
        }
    }
}
