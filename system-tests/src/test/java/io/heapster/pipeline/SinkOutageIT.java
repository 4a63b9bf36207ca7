package io.heapster.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import io.heapster.sink.spi.TestBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was produced is what is stored, point by point, whatever dies in between. */
class SinkOutageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("heapster.outage.seconds", 30));
    private static final Duration BROKER_AWAY = Duration.ofSeconds(5);
    private static final int NODES = 6;
    private static final int PODS = 3;
    private static final List<String> KEYS = List.of(
            LabelKey.NODENAME,
            LabelKey.NAMESPACE_NAME,
            LabelKey.POD_NAME,
            LabelKey.CONTAINER_NAME,
            LabelKey.RESOURCE_ID);

    /** A tick a second, as scrapers would. */
    private static final class Producing implements AutoCloseable {
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final SampleBatchEncoder encoder = new SampleBatchEncoder();
        private final KafkaProducer<byte[], byte[]> producer;
        private final List<SampleBatch> batches = new ArrayList<>();
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private int tick;

        Producing(String bootstrapServers) {
            // While the broker is away its topics are unknown, too.
            producer = new KafkaProducer<>(
                    ClientProperties.producer(Map.of("bootstrap.servers", bootstrapServers, "max.block.ms", 120_000)));
            var unused = clock.scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.SECONDS);
        }

        private void tick() {
            for (int node = 0; node < NODES; node++) {
                SampleBatch batch = TestBatches.node("node-" + node, tick, PODS);
                byte[] key = batch.nodeKey().recordKey().getBytes(UTF_8);
                batches.add(batch);
                sent.add(producer.send(new ProducerRecord<>(Topics.SAMPLES.name(), key, encoder.encode(batch))));
            }
            tick++;
        }

        /** All batches, each of which Kafka has. */
        List<SampleBatch> finish() throws Exception {
            clock.shutdown();
            assertThat(clock.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            for (Future<RecordMetadata> record : sent) {
                record.get(2, TimeUnit.MINUTES);
            }
            return batches;
        }

        @Override
        public void close() {
            clock.shutdownNow();
            producer.close(Duration.ofSeconds(1));
        }
    }

    @Test
    void everyPointIsStoredOnceWhateverDies(@TempDir Path directory) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory);
                InfluxDbServer influx = InfluxDbServer.start()) {
            Topics.create(Map.of("bootstrap.servers", broker.bootstrapServers()), Topics.ALL);
            Pipeline pipeline = new Pipeline(broker.bootstrapServers(), 60);
            List<String> uris = List.of("influxdb:" + influx.address() + "?schema=v1", "log:?format=json");
            try (Producing producing = new Producing(broker.bootstrapServers());
                    ServiceProcess first = sinks(pipeline, uris)) {
                await("first points").atMost(PATIENCE).ignoreExceptions().until(() -> nodePoints(influx) > 0);
                first.kill();
                try (ServiceProcess second = sinks(pipeline, uris)) {
                    awaitWriting(second);
                    broker.kill();
                    pass(BROKER_AWAY);
                    broker.resume();
                    awaitWriting(second);

                    influx.stop();
                    Watch watch = new Watch(second);
                    watch.during(OUTAGE);
                    assertThat(second.metric("heapster_sink_paused", "sink=\"influxdb\""))
                            .isEqualTo(1);
                    second.kill();
                    try (ServiceProcess third = sinks(pipeline, uris)) {
                        awaitWriting(third);
                        influx.resume();
                        await("catching up").atMost(PATIENCE).until(() -> written(third, "influxdb") > 0);
                        third.kill();
                        finish(pipeline, uris, producing, influx, watch);
                    }
                }
            }
        }
    }

    private static void finish(
            Pipeline pipeline, List<String> uris, Producing producing, InfluxDbServer influx, Watch watch)
            throws Exception {
        try (ServiceProcess last = sinks(pipeline, uris)) {
            awaitWriting(last);
            Map<String, Double> produced = points(producing.finish());
            await("every tick").atMost(PATIENCE).until(() -> nodePoints(influx) >= (long) producing.tick * NODES);
            await("every point").atMost(PATIENCE).untilAsserted(() -> assertThat(stored(influx))
                    .hasSize(produced.size()));
            assertThat(stored(influx)).isEqualTo(produced);
            assertThat(last.metric("heapster_sink_points_total", "result=\"rejected\""))
                    .isZero();
            Files.writeString(
                    Path.of("target", "pipeline", "sink-outage.txt"),
                    "outage " + OUTAGE.toSeconds() + " s: " + produced.size()
                            + " points produced, as many stored, all equal; the log sink's longest delay meanwhile "
                            + watch.longestDelay + " s, " + watch.probes + " probes, all 200\n");
        }
    }

    /** Looks at the other sink and the probes while InfluxDB is away. */
    private static final class Watch {
        private final ServiceProcess sinks;
        private double longestDelay;
        private int probes;

        Watch(ServiceProcess sinks) {
            this.sinks = sinks;
        }

        void during(Duration time) {
            long end = System.nanoTime() + time.toNanos();
            double before = written(sinks, "log");
            await("the outage")
                    .atMost(time.plus(PATIENCE))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        look();
                        return System.nanoTime() - end >= 0;
                    });
            assertThat(longestDelay).isLessThan(10);
            assertThat(written(sinks, "log")).isGreaterThan(before);
            assertThat(sinks.metric("heapster_sink_points_total", "sink=\"log\"", "result=\"retried\""))
                    .isZero();
        }

        private void look() {
            longestDelay = Math.max(longestDelay, sinks.metric("heapster_sink_delay_seconds", "sink=\"log\""));
            assertThat(sinks.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(sinks.get("/q/health/ready").statusCode()).isEqualTo(200);
            probes += 2;
        }
    }

    private static ServiceProcess sinks(Pipeline pipeline, List<String> uris) {
        return pipeline.sinks(uris.toArray(String[]::new));
    }

    private static double written(ServiceProcess sinks, String sink) {
        return sinks.metric("heapster_sink_points_total", "sink=\"" + sink + "\"", "result=\"written\"");
    }

    /** Until the sink that is always well takes new points. */
    private static void awaitWriting(ServiceProcess sinks) {
        double before = written(sinks, "log");
        await("points in the log").atMost(PATIENCE).until(() -> written(sinks, "log") > before);
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plus(PATIENCE)).until(() -> System.nanoTime() - end >= 0);
    }

    private static Map<String, Double> points(List<SampleBatch> batches) {
        Map<String, Double> points = new HashMap<>();
        for (SampleBatch batch : batches) {
            for (Entity entity : batch.entities()) {
                add(batch, entity, Labels.EMPTY, entity.samples(), points);
                for (ResourceSamples resource : entity.resources()) {
                    add(batch, entity, resource.labels(), resource.samples(), points);
                }
            }
        }
        return points;
    }

    private static void add(
            SampleBatch batch, Entity entity, Labels resource, Samples samples, Map<String, Double> points) {
        StringBuilder labels = new StringBuilder(entity.type().label());
        for (String key : KEYS) {
            String own = entity.label(key);
            labels.append('|').append(own.isEmpty() ? resource.get(key) : own);
        }
        for (int i = 0; i < samples.size(); i++) {
            double value = samples.metric(i).isDouble() ? samples.doubleValue(i) : samples.bits(i);
            points.put(samples.metric(i).name() + "|" + labels + "|" + batch.tickMillis(), value);
        }
    }

    private static Map<String, Double> stored(InfluxDbServer influx) throws IOException, InterruptedException {
        Map<String, Double> points = new HashMap<>();
        for (String measurement : influx.names("k8s", "SHOW MEASUREMENTS")) {
            JsonNode series = influx.query("k8s", "SELECT * FROM \"" + measurement + "\"")
                    .path("results")
                    .path(0)
                    .path("series")
                    .path(0);
            Map<String, Integer> columns = new HashMap<>();
            series.path("columns").forEach(column -> columns.put(column.asText(), columns.size()));
            for (JsonNode row : series.path("values")) {
                StringBuilder key = new StringBuilder(measurement).append('|').append(text(row, columns, "type"));
                for (String label : KEYS) {
                    key.append('|').append(text(row, columns, label));
                }
                key.append('|').append(text(row, columns, "time"));
                points.put(
                        key.toString(),
                        row.path(columns.getOrDefault("value", 0)).asDouble());
            }
        }
        return points;
    }

    private static String text(JsonNode row, Map<String, Integer> columns, String column) {
        JsonNode cell = row.path(columns.getOrDefault(column, Integer.MAX_VALUE));
        return cell.isMissingNode() || cell.isNull() ? "" : cell.asText();
    }

    private static long nodePoints(InfluxDbServer influx) throws IOException, InterruptedException {
        return influx.names("k8s", "SELECT value FROM \"cpu/usage\" WHERE type = 'node'")
                .size();
    }
}
