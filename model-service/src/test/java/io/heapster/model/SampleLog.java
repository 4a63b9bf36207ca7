package io.heapster.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.kafka.EmbeddedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A real broker, and what scrapers write into it. */
final class SampleLog implements AutoCloseable {
    static final long RESOLUTION = 10_000;

    private final long begun = currentWindow();
    private final EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
    private final SampleBatchEncoder encoder = new SampleBatchEncoder();

    SampleLog() {
        Topics.create(
                properties(),
                List.of(Topics.SAMPLES.withPartitions(4), Topics.AGGREGATES, Topics.EVENTS, Topics.DEAD_LETTERS));
    }

    Map<String, Object> properties() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", "model-test");
    }

    /** What a service that is tested on this log is set to. */
    Map<String, String> settings() {
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "heapster.metric-resolution", "10s",
                "heapster.model.resolution", "10s",
                "heapster.model.sums-grace", "1s",
                "quarkus.http.test-port", "0",
                "quarkus.log.category.\"org.apache.kafka\".level", "WARN",
                "quarkus.log.category.\"kafka\".level", "WARN");
    }

    EmbeddedKafka broker() {
        return kafka;
    }

    /** The start of the window so many windows before the one in which this log began: the same at every call. */
    long tick(int windowsAgo) {
        return begun - windowsAgo * RESOLUTION;
    }

    static long currentWindow() {
        long now = System.currentTimeMillis();
        return now - now % RESOLUTION;
    }

    void write(SampleBatch batch) {
        write(batch.nodeKey().recordKey(), batch.tickMillis(), encoder.encode(batch));
    }

    void write(String key, long timestamp, byte[] value) {
        kafka.write(List.of(new ProducerRecord<>(Topics.SAMPLES.name(), null, timestamp, key.getBytes(UTF_8), value)));
    }

    /** A node with a system container and one pod {@code web-<node>} of one container in namespace {@code shop}. */
    static SampleBatch batch(String node, long tick, long millicores) {
        return batch("default", node, tick, millicores);
    }

    static SampleBatch batch(String cluster, String node, long tick, long millicores) {
        Labels labels = Labels.of(LabelKey.NODENAME, node, LabelKey.HOSTNAME, "host-" + node);
        Labels pod = labels.with(Labels.of(
                LabelKey.NAMESPACE_NAME, "shop", LabelKey.POD_NAME, "web-" + node, LabelKey.POD_ID, "uid-" + node));
        List<Entity> entities = new ArrayList<>();
        entities.add(using(new Entity(EntityType.NODE, labels), millicores));
        entities.add(using(
                new Entity(
                        EntityType.SYSTEM_CONTAINER, labels.with(LabelKey.CONTAINER_NAME, "system.slice/ssh.service")),
                1));
        entities.add(using(new Entity(EntityType.POD, pod), millicores));
        Entity container =
                using(new Entity(EntityType.POD_CONTAINER, pod.with(LabelKey.CONTAINER_NAME, "httpd")), millicores);
        container.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_USAGE, 4096L);
        container.resource(Labels.of(LabelKey.RESOURCE_ID, "logs")).add(Metrics.FILESYSTEM_USAGE, 512L);
        container.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_INODES, 99L);
        entities.add(container);
        return SampleBatch.ok(new NodeKey(cluster, node), tick, RESOLUTION, entities);
    }

    private static Entity using(Entity entity, long millicores) {
        entity.samples().add(Metrics.CPU_USAGE_RATE, millicores);
        entity.samples().add(Metrics.NETWORK_RX_RATE, millicores + 0.6);
        return entity;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
