package io.heapster.benchmark;

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

/**
 * The batch of a node of many pods as the pipeline publishes it: every metric a kubelet's summary gives, rates, requests
 * and sums, with names and labels of the length real ones have. The same numbers give the same batch.
 */
final class BusyNode {
    private static final long TICK = 1_795_257_000_000L;
    private static final long RESOLUTION = 30_000;
    private static final String[] APPS = {"checkout", "frontend", "inventory", "payments", "search", "recommender"};

    private final Random random;
    private final String name;
    private final Labels identity;
    private final List<Entity> entities = new ArrayList<>();

    private BusyNode(int number) {
        random = new Random(42 + number);
        int address = 37 * 256 + 214 + number;
        name = "ip-10-0-" + address / 256 + "-" + address % 256 + ".eu-west-1.compute.internal";
        identity = Labels.of(
                LabelKey.NODENAME,
                name,
                LabelKey.HOSTNAME,
                name,
                LabelKey.HOST_ID,
                "i-0abc12d34ef" + (567_890 + number));
    }

    static SampleBatch withPods(int pods) {
        return withPods(pods, 0);
    }

    /** @param number tells the node from others, at most 10,000 */
    static SampleBatch withPods(int pods, int number) {
        return withPods(pods, number, 20);
    }

    /** @param namespaces how many the pods of all nodes are spread over, evenly */
    static SampleBatch withPods(int pods, int number, int namespaces) {
        BusyNode node = new BusyNode(number);
        node.addNode();
        for (int pod = 0; pod < pods; pod++) {
            node.addPod(pod, (number * pods + pod) % namespaces, pod % 10 < 3 ? 2 : 1);
        }
        return SampleBatch.ok(new NodeKey("default", node.name), TICK, RESOLUTION, node.entities);
    }

    private void addNode() {
        Entity node = entity(EntityType.NODE, identity);
        usage(node.samples());
        rates(node.samples());
        network(node.samples());
        requests(node.samples());
        node.samples().add(Metrics.CPU_NODE_CAPACITY, 8000.0);
        node.samples().add(Metrics.CPU_NODE_ALLOCATABLE, 7910.0);
        node.samples().add(Metrics.CPU_NODE_UTILIZATION, 0.412345);
        node.samples().add(Metrics.CPU_NODE_RESERVATION, 0.812345);
        filesystem(node, "/");
        for (String name : new String[] {"kubelet", "docker-daemon", "pods"}) {
            Entity system = entity(EntityType.SYSTEM_CONTAINER, identity.with(LabelKey.CONTAINER_NAME, name));
            usage(system.samples());
            rates(system.samples());
        }
    }

    private void addPod(int number, int namespace, int containers) {
        String app = APPS[number % APPS.length];
        String name = app + "-" + hex(10) + "-" + hex(5);
        Labels labels = identity.with(LabelKey.POD_ID, new UUID(random.nextLong(), random.nextLong()).toString())
                .with(LabelKey.POD_NAME, name)
                .with(LabelKey.POD_IP, "10.0." + random.nextInt(255) + "." + random.nextInt(255))
                .with(LabelKey.NAMESPACE_NAME, "team-" + namespace)
                .with(LabelKey.NAMESPACE_ID, new UUID(7, namespace).toString())
                .with(LabelKey.LABELS, "app:" + app + ",pod-template-hash:" + hex(10) + ",tier:backend,version:v1.2.3");
        Entity pod = entity(EntityType.POD, labels);
        entities.remove(pod);
        List<Entity> own = new ArrayList<>();
        for (int container = 0; container < containers; container++) {
            Entity one = entity(
                    EntityType.POD_CONTAINER,
                    labels.with(LabelKey.CONTAINER_NAME, container == 0 ? app : "istio-proxy")
                            .with(LabelKey.CONTAINER_BASE_IMAGE, "registry.example.com/shop/" + app + ":1.2.3"));
            usage(one.samples());
            rates(one.samples());
            requests(one.samples());
            one.samples().add(Metrics.RESTART_COUNT, 0);
            filesystem(one, "/");
            filesystem(one, "logs");
            own.add(one);
        }
        entities.removeAll(own);
        network(pod.samples());
        pod.samples().add(Metrics.UPTIME, TICK - pod.startMillis());
        for (Entity container : own) {
            sum(container.samples(), pod.samples());
        }
        filesystem(pod, "Volume:kube-api-access-" + hex(5));
        entities.add(pod);
        entities.addAll(own);
    }

    private Entity entity(EntityType type, Labels labels) {
        Entity entity = new Entity(type, labels);
        entity.started(TICK - 86_400_000L - random.nextInt(1_000_000) * 1000L);
        entity.measured(TICK + random.nextInt(15) * 1000L);
        entity.networkMeasured(TICK + random.nextInt(15) * 1000L);
        entities.add(entity);
        return entity;
    }

    private void usage(Samples samples) {
        samples.add(Metrics.CPU_USAGE, random.nextLong(10_000_000_000_000L));
        long memory = random.nextInt(200_000) * 4096L;
        samples.add(Metrics.MEMORY_USAGE, memory);
        samples.add(Metrics.MEMORY_WORKING_SET, memory * 9 / 10 / 4096 * 4096);
        samples.add(Metrics.MEMORY_RSS, memory * 7 / 10 / 4096 * 4096);
        samples.add(Metrics.MEMORY_PAGE_FAULTS, random.nextInt(5_000_000));
        samples.add(Metrics.MEMORY_MAJOR_PAGE_FAULTS, random.nextInt(4) == 0 ? random.nextInt(500) : 0);
        samples.add(Metrics.EPHEMERAL_STORAGE_USAGE, random.nextInt(20_000) * 4096L);
        samples.add(Metrics.SWAP_USAGE, 0);
        samples.add(Metrics.PROCESS_COUNT, 1 + random.nextInt(20));
    }

    private void rates(Samples samples) {
        samples.add(Metrics.CPU_USAGE_RATE, random.nextInt(1000));
        samples.add(Metrics.MEMORY_PAGE_FAULTS_RATE, random.nextInt(300_000) / 1000.0);
        samples.add(Metrics.MEMORY_MAJOR_PAGE_FAULTS_RATE, 0.0);
    }

    private void network(Samples samples) {
        samples.add(Metrics.NETWORK_RX, random.nextLong(100_000_000_000L));
        samples.add(Metrics.NETWORK_RX_ERRORS, 0);
        samples.add(Metrics.NETWORK_TX, random.nextLong(100_000_000_000L));
        samples.add(Metrics.NETWORK_TX_ERRORS, 0);
        samples.add(Metrics.NETWORK_RX_RATE, random.nextInt(300_000_000) / 1000.0);
        samples.add(Metrics.NETWORK_RX_ERRORS_RATE, 0.0);
        samples.add(Metrics.NETWORK_TX_RATE, random.nextInt(300_000_000) / 1000.0);
        samples.add(Metrics.NETWORK_TX_ERRORS_RATE, 0.0);
    }

    private static void requests(Samples samples) {
        samples.add(Metrics.CPU_REQUEST, 100);
        samples.add(Metrics.CPU_LIMIT, 500);
        samples.add(Metrics.MEMORY_REQUEST, 128L << 20);
        samples.add(Metrics.MEMORY_LIMIT, 512L << 20);
        samples.add(Metrics.EPHEMERAL_STORAGE_REQUEST, 0);
        samples.add(Metrics.EPHEMERAL_STORAGE_LIMIT, 0);
    }

    private void filesystem(Entity entity, String resource) {
        Samples samples = entity.resource(Labels.of(LabelKey.RESOURCE_ID, resource));
        samples.add(Metrics.FILESYSTEM_USAGE, random.nextInt(20_000) * 4096L);
        samples.add(Metrics.FILESYSTEM_LIMIT, 270_553_174_016L);
        samples.add(Metrics.FILESYSTEM_AVAILABLE, 61_317_623_808L);
        samples.add(Metrics.FILESYSTEM_INODES, 16_777_216);
        samples.add(Metrics.FILESYSTEM_INODES_FREE, 15_997_762);
    }

    private static void sum(Samples container, Samples pod) {
        for (int i = 0; i < container.size(); i++) {
            boolean counter = Metrics.CPU_USAGE.equals(container.metric(i))
                    || Metrics.MEMORY_PAGE_FAULTS.equals(container.metric(i))
                    || Metrics.MEMORY_MAJOR_PAGE_FAULTS.equals(container.metric(i));
            int at = pod.indexOf(container.metric(i));
            if (!counter && at < 0) {
                pod.append(container.metricId(i), container.bits(i));
            } else if (!counter) {
                pod.plus(at, container.bits(i));
            }
        }
    }

    private String hex(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("bcdf456789".charAt(random.nextInt(10)));
        }
        return text.toString();
    }
}
