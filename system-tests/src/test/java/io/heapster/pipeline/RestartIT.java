package io.heapster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.oracle.Figure;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model is killed and started again; InfluxDB stops and comes back. */
class RestartIT {
    private static final int RESOLUTION_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** How long InfluxDB is away: long enough for several ticks and for the back-off to grow. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("heapster.outage.seconds", 30));

    @Test
    void aKilledModelHasItsHistoryAgainWhenItIsReady(@TempDir Path directory) throws IOException, InterruptedException {
        try (EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
                Simulator simulator = Simulator.start(ClusterShape.of(5, 4), Simulator.Listening.withTls())) {
            Pipeline pipeline = new Pipeline(kafka.bootstrapServers(), RESOLUTION_SECONDS);
            String node = simulator.cluster().nodes().get(0).name();
            Figure usage = Figure.of("node:" + node, "memory/usage");
            try (ServiceProcess scraper = pipeline.scraper(simulator, directory)) {
                Map<Instant, BigDecimal> nodeBefore;
                Map<Instant, BigDecimal> clusterBefore;
                try (ServiceProcess model = pipeline.model()) {
                    ModelApi api = new ModelApi(model);
                    await("some history")
                            .atMost(PATIENCE)
                            .until(() -> api.series(usage).size() >= 5);
                    nodeBefore = api.series(usage);
                    clusterBefore = api.series(Figure.of("cluster", "memory/usage"));
                    model.kill();
                }
                try (ServiceProcess model = pipeline.model().awaitReady()) {
                    ModelApi api = new ModelApi(model);

                    assertThat(api.series(usage)).containsAllEntriesOf(nodeBefore);
                    assertThat(clusterBefore).isNotEmpty();
                    assertThat(api.series(Figure.of("cluster", "memory/usage"))).containsAllEntriesOf(clusterBefore);
                }
                assertThat(scraper.metric("heapster_samples_dropped_total")).isZero();
            }
        }
    }

    @Test
    void anOutageOfInfluxDbLeavesNoGapAndNoDuplicateAndOtherSinksUntouched(@TempDir Path directory)
            throws IOException, InterruptedException {
        try (EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
                InfluxDbServer influx = InfluxDbServer.start();
                Simulator simulator = Simulator.start(ClusterShape.of(10, 10), Simulator.Listening.withTls())) {
            Pipeline pipeline = new Pipeline(kafka.bootstrapServers(), RESOLUTION_SECONDS);
            try (ServiceProcess scraper = pipeline.scraper(simulator, directory);
                    ServiceProcess sinks = pipeline.sinks("influxdb:" + influx.address() + "?schema=v1", "log");
                    SampleLog log = new SampleLog(kafka.bootstrapServers())) {
                await("first points").atMost(PATIENCE).ignoreExceptions().until(() -> !stored(influx)
                        .isEmpty());

                influx.stop();
                long stopped = System.currentTimeMillis();
                await("the outage").atMost(PATIENCE.plus(OUTAGE)).until(() -> log.read().stream()
                        .anyMatch(batch -> batch.tickMillis() > stopped + OUTAGE.toMillis()));
                assertThat(sinks.metric("heapster_sink_paused", "sink=\"influxdb\""))
                        .isEqualTo(1);
                assertThat(sinks.metric("heapster_sink_delay_seconds", "sink=\"log\""))
                        .isLessThan(4 * RESOLUTION_SECONDS);
                assertThat(sinks.get("/q/health/live").statusCode()).isEqualTo(200);
                assertThat(sinks.get("/q/health/ready").statusCode()).isEqualTo(200);
                influx.resume();

                long back = System.currentTimeMillis();
                await("ticks after the outage").atMost(PATIENCE).until(() -> log.read().stream()
                        .anyMatch(batch -> batch.tickMillis() > back + 2_000L * RESOLUTION_SECONDS));
                List<SampleBatch> published = log.read();
                await("every point").atMost(PATIENCE).untilAsserted(() -> assertThat(stored(influx))
                        .containsAllEntriesOf(expected(published)));
                assertThat(sinks.metric("heapster_sink_points_total", "result=\"rejected\""))
                        .isZero();
                assertThat(scraper.metric("heapster_samples_dropped_total")).isZero();
            }
        }
    }

    /** By tick: how many nodes published {@code uptime}. */
    private static Map<Instant, Integer> expected(List<SampleBatch> published) {
        Map<Instant, TreeSet<String>> nodes = new TreeMap<>();
        for (SampleBatch batch : published) {
            if (!batch.entities().isEmpty()) {
                nodes.computeIfAbsent(Instant.ofEpochMilli(batch.tickMillis()), tick -> new TreeSet<>())
                        .add(batch.node());
            }
        }
        Map<Instant, Integer> counts = new TreeMap<>();
        nodes.forEach((tick, names) -> counts.put(tick, names.size()));
        return counts;
    }

    /** By tick: how many node points of {@code uptime} InfluxDB holds. */
    private static Map<Instant, Integer> stored(InfluxDbServer influx) throws IOException, InterruptedException {
        JsonNode rows = influx.query("k8s", "SELECT value, nodename FROM uptime WHERE type = 'node'")
                .path("results")
                .path(0)
                .path("series")
                .path(0)
                .path("values");
        Map<Instant, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(Instant.ofEpochMilli(row.get(0).asLong()), 1, Integer::sum));
        return counts;
    }
}
