package io.heapster.model.resourcemetrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.kafka.EmbeddedKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A broker that holds two ticks of a node with pods in two namespaces, and one of another cluster. */
public final class MetricsLogResource implements QuarkusTestResourceLifecycleManager {
    /** Long enough that the samples are news until the slowest machine is done with them. */
    private static final long RESOLUTION = 600_000;

    static final long NEWER = System.currentTimeMillis() / RESOLUTION * RESOLUTION;
    static final long OLDER = NEWER - RESOLUTION;
    private static final long MIB = 1 << 20;

    private @Nullable EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        EmbeddedKafka broker = EmbeddedKafka.inTemporaryDirectory();
        kafka = broker;
        Map<String, Object> client =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "client.id", "metrics-test");
        Topics.create(
                client,
                List.of(Topics.SAMPLES.withPartitions(4), Topics.AGGREGATES, Topics.EVENTS, Topics.DEAD_LETTERS));
        SampleBatchEncoder encoder = new SampleBatchEncoder();
        broker.write(Stream.of(batch(OLDER, false), batch(NEWER, true), silent())
                .map(batch -> new ProducerRecord<>(
                        Topics.SAMPLES.name(),
                        null,
                        batch.tickMillis(),
                        batch.nodeKey().recordKey().getBytes(UTF_8),
                        encoder.encode(batch)))
                .toList());
        return Map.of(
                "kafka.bootstrap.servers", broker.bootstrapServers(),
                "heapster.metric-resolution", "10m",
                "heapster.model.window", "60m",
                "heapster.model.cluster", "default",
                "quarkus.http.test-port", "0",
                "quarkus.log.category.\"org.apache.kafka\".level", "WARN",
                "quarkus.log.category.\"kafka\".level", "WARN");
    }

    /** Every container uses 15 mcores and a bit, over ten minutes; {@code shop/new} has just been started. */
    private static SampleBatch batch(long tick, boolean second) {
        MeasuredCluster cluster = new MeasuredCluster("default", "node-1").node("disktype:ssd,zone:lab-a");
        measured(cluster, tick, second, 2_000_000_000L, 64 * MIB);
        cluster.pod("shop", "web-1", "app:web,tier:front").container("httpd");
        measured(cluster, tick, second, 15_123_456L, 10 * MIB);
        cluster.container("logger");
        measured(cluster, tick, second, 1_000_000L, 1_000_000);
        cluster.pod("shop", "db-0", "app:db").container("db");
        measured(cluster, tick, second, 15_123_456L, MIB);
        cluster.pod("batch", "job", "").container("job");
        measured(cluster, tick, second, 15_123_456L, MIB);
        if (second) {
            cluster.pod("shop", "new", "app:web").container("httpd").measured(tick, 5, MIB);
        }
        return cluster.at(tick, RESOLUTION);
    }

    private static void measured(MeasuredCluster cluster, long tick, boolean second, long nanocores, long memory) {
        cluster.measured(tick, second ? RESOLUTION / 1000 * nanocores : 0, memory);
        if (second) {
            cluster.rate(nanocores / 1_000_000);
        }
    }

    private static SampleBatch silent() {
        return new MeasuredCluster("silent", "node-1")
                .node("")
                .measured(OLDER, 5, MIB)
                .rate(1)
                .at(OLDER, RESOLUTION);
    }

    @Override
    public void stop() {
        Objects.requireNonNull(kafka).close();
    }
}
