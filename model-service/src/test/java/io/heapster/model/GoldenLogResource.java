package io.heapster.model;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The broker of the golden files: cluster {@code default} with one node, one pod of two containers and everything that
 * is special about metrics; cluster {@code summed}, of which there are sums and nothing else, so that they stay as they
 * are here.
 */
public final class GoldenLogResource implements QuarkusTestResourceLifecycleManager {
    static final long NEWER = SampleLog.currentWindow() - 3 * SampleLog.RESOLUTION;
    static final long OLDER = NEWER - SampleLog.RESOLUTION;
    static final long STARTED = OLDER - 3_600_000;

    private static final Labels NODE =
            Labels.of(LabelKey.NODENAME, "n1", LabelKey.HOSTNAME, "n1.example", LabelKey.HOST_ID, "i-0123");
    private static final Labels POD = NODE.with(Labels.of(
            LabelKey.NAMESPACE_NAME, "shop",
            LabelKey.NAMESPACE_ID, "8a41",
            LabelKey.POD_NAME, "web-1",
            LabelKey.POD_ID, "c0de",
            LabelKey.LABELS, "app:web"));

    private @Nullable SampleLog log;

    @Override
    public Map<String, String> start() {
        SampleLog started = new SampleLog();
        log = started;
        started.write(batch(OLDER, 869, 0.42, 978.6));
        started.write(batch(NEWER, 978, 0.45, 2));
        started.write(sums(OLDER, 869));
        started.write(sums(NEWER, 978));
        return started.settings();
    }

    private static SampleBatch batch(long tick, long millicores, double share, double bytesPerSecond) {
        Entity node = new Entity(EntityType.NODE, NODE.with(LabelKey.SCHEDULABLE, "true"));
        node.started(STARTED);
        node.samples().add(Metrics.CPU_USAGE, tick == OLDER ? 947_130_377_781L : 956_071_062_732L);
        node.samples().add(Metrics.CPU_USAGE_RATE, millicores);
        node.samples().add(Metrics.CPU_NODE_UTILIZATION, share);
        node.samples().add(Metrics.NETWORK_RX_RATE, bytesPerSecond);
        file(node, "/", 13_340);
        Entity daemon =
                new Entity(EntityType.SYSTEM_CONTAINER, NODE.with(LabelKey.CONTAINER_NAME, "system.slice/ssh.service"));
        daemon.samples().add(Metrics.CPU_USAGE_RATE, 1L);
        Entity pod = new Entity(EntityType.POD, POD);
        pod.started(STARTED + 60_000);
        pod.samples().add(Metrics.CPU_USAGE_RATE, millicores);
        pod.samples().add(Metrics.MEMORY_USAGE, 10_485_760L);
        Entity httpd = new Entity(
                EntityType.POD_CONTAINER,
                POD.with(Labels.of(LabelKey.CONTAINER_NAME, "httpd", LabelKey.CONTAINER_BASE_IMAGE, "httpd:2.4")));
        httpd.started(STARTED + 120_000);
        httpd.samples().add(Metrics.CPU_USAGE_RATE, millicores);
        httpd.samples().add(Metrics.CPU_LIMIT, 2_000L);
        httpd.samples().add(Metrics.MEMORY_USAGE, 10_485_760L);
        httpd.samples().add(Metrics.MEMORY_WORKING_SET, 8_388_608L);
        httpd.samples().add(Metrics.MEMORY_LIMIT, 33_554_432L);
        file(httpd, "/", 4_096);
        file(httpd, "/dev/sda1", 512);
        httpd.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_INODES, 99L);
        Entity sidecar = new Entity(EntityType.POD_CONTAINER, POD.with(LabelKey.CONTAINER_NAME, "sidecar"));
        sidecar.samples().add(Metrics.RESTART_COUNT, -25L);
        return SampleBatch.ok(
                new NodeKey("default", "n1"), tick, SampleLog.RESOLUTION, List.of(node, daemon, pod, httpd, sidecar));
    }

    private static void file(Entity entity, String resource, long bytes) {
        entity.resource(Labels.of(LabelKey.RESOURCE_ID, resource)).add(Metrics.FILESYSTEM_USAGE, bytes);
    }

    private static SampleBatch sums(long tick, long millicores) {
        Entity cluster = new Entity(EntityType.CLUSTER, Labels.EMPTY);
        Entity namespace = new Entity(EntityType.NAMESPACE, Labels.of(LabelKey.NAMESPACE_NAME, "shop"));
        for (Entity sum : List.of(cluster, namespace)) {
            sum.samples().add(Metrics.CPU_USAGE_RATE, millicores);
            sum.samples().add(Metrics.MEMORY_USAGE, 10_485_760L);
        }
        return SampleBatch.ok(new NodeKey("summed", ""), tick, SampleLog.RESOLUTION, List.of(cluster, namespace));
    }

    @Override
    public void stop() {
        Objects.requireNonNull(log).close();
    }
}
