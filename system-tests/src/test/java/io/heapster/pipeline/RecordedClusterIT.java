package io.heapster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.oracle.Figure;
import io.heapster.oracle.Oracle;
import io.heapster.simulator.recorded.RecordedCluster;
import io.heapster.simulator.recorded.Recording;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real kubelet and API server sent, through all services, against an oracle that shares no code with them. */
class RecordedClusterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Figure NODE_RATE = Figure.of("node:node-1", "cpu/usage_rate");

    @ParameterizedTest
    @EnumSource(Recording.class)
    void everyFigureOfARealClusterIsInTheModelAndInInfluxDb(Recording recording, @TempDir Path directory)
            throws IOException, InterruptedException {
        Map<Figure, BigDecimal> expected = Oracle.figures(
                List.of(new Oracle.Rounds(recording.summaryTree(1), recording.summaryTree(2))),
                recording.listTree("pods", 2),
                recording.listTree("nodes", 2));
        try (EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
                InfluxDbServer influx = InfluxDbServer.start();
                RecordedCluster cluster = RecordedCluster.start(recording)) {
            Path kubeconfig = cluster.kubeconfig().write(directory.resolve("cluster"));
            Map<String, String> shared = Map.of(
                    "kafka.bootstrap.servers", kafka.bootstrapServers(),
                    "heapster.metric-resolution", "5s",
                    "heapster.model.resolution", "5s");
            try (ServiceProcess model = ServiceProcess.start("model-service", shared);
                    ServiceProcess sink = ServiceProcess.start(
                            "sink-service",
                            with(shared, "heapster.sink.sinks[0]", "influxdb:" + influx.address() + "?schema=v1"));
                    ServiceProcess scraper = ServiceProcess.start(
                            "scraper-service",
                            with(
                                    shared,
                                    "heapster.scraper.sources[0]",
                                    "kubernetes.summary_api:?inClusterConfig=false&auth=" + kubeconfig
                                            + "&kubeletServerName=node-1"))) {
                ModelApi api = new ModelApi(model);
                await("first tick").atMost(PATIENCE).until(() -> api.list("nodes/"), List.of("node-1")::equals);
                cluster.useRound(2);
                await("second tick").atMost(PATIENCE).until(() -> !api.series(NODE_RATE)
                        .isEmpty());
                Instant tick = api.series(NODE_RATE).keySet().iterator().next();
                await("sums of the second tick").atMost(PATIENCE).until(() -> api.series(
                                Figure.of("cluster", "cpu/usage_rate"))
                        .containsKey(tick));

                assertThat(atTick(api, expected, tick)).containsExactlyEntriesOf(plain(expected));

                await("points in InfluxDB").atMost(PATIENCE).untilAsserted(() -> assertThat(
                                new InfluxFigures(influx).at(tick))
                        .containsAllEntriesOf(plain(expected)));
                // Nothing is invented either: no finished pod, no init container, nothing of a crashed one but its
                // limits.
                assertThat(entities(new InfluxFigures(influx).at(tick))).isEqualTo(entities(expected));
                assertThat(sink.metric("heapster_sink_points_total", "result=\"rejected\""))
                        .isZero();
                assertThat(scraper.metric("heapster_scrape_failures_total")).isZero();
            }
        }
    }

    private static Map<Figure, BigDecimal> atTick(ModelApi api, Map<Figure, BigDecimal> expected, Instant tick) {
        Map<Figure, BigDecimal> actual = new TreeMap<>();
        for (Figure figure : expected.keySet()) {
            BigDecimal value = api.series(figure).get(tick);
            if (value != null) {
                actual.put(figure, value.stripTrailingZeros());
            }
        }
        return actual;
    }

    private static Set<String> entities(Map<Figure, BigDecimal> figures) {
        Set<String> entities = new TreeSet<>();
        figures.keySet().forEach(figure -> entities.add(figure.entity()));
        return entities;
    }

    private static Map<Figure, BigDecimal> plain(Map<Figure, BigDecimal> figures) {
        Map<Figure, BigDecimal> plain = new TreeMap<>();
        figures.forEach((figure, value) -> plain.put(figure, value.stripTrailingZeros()));
        return plain;
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }

    /** What InfluxDB holds of one tick, with {@code schema=v1}. */
    private record InfluxFigures(InfluxDbServer influx) {
        Map<Figure, BigDecimal> at(Instant tick) throws IOException, InterruptedException {
            Map<Figure, BigDecimal> figures = new TreeMap<>();
            for (String measurement : influx.names("k8s", "SHOW MEASUREMENTS")) {
                JsonNode result = influx.query(
                        "k8s",
                        "SELECT * FROM \"%s\" WHERE time = %d000000".formatted(measurement, tick.toEpochMilli()));
                JsonNode series = result.path("results").path(0).path("series").path(0);
                List<String> columns = new ArrayList<>();
                series.path("columns").forEach(column -> columns.add(column.asText()));
                for (JsonNode row : series.path("values")) {
                    Map<String, JsonNode> point = new HashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        point.put(columns.get(i), row.get(i));
                    }
                    figures.put(figure(measurement, point), number(point));
                }
            }
            return figures;
        }

        private static BigDecimal number(Map<String, JsonNode> point) {
            JsonNode value = point.get("value");
            return value == null ? BigDecimal.ZERO : value.decimalValue().stripTrailingZeros();
        }

        private static Figure figure(String metric, Map<String, JsonNode> point) {
            String pod = "namespace:" + tag(point, "namespace_name") + "/pod:" + tag(point, "pod_name");
            String node = "node:" + tag(point, "nodename");
            String container = "/container:" + tag(point, "container_name");
            String entity =
                    switch (tag(point, "type")) {
                        case "cluster" -> "cluster";
                        case "ns" -> "namespace:" + tag(point, "namespace_name");
                        case "node" -> node;
                        case "sys_container" -> node + container;
                        case "pod" -> pod;
                        default -> pod + container;
                    };
            String resource = tag(point, "resource_id");
            return resource.isEmpty() ? Figure.of(entity, metric) : Figure.of(entity, metric, resource);
        }

        private static String tag(Map<String, JsonNode> point, String name) {
            JsonNode value = point.get(name);
            return value == null || value.isNull() ? "" : value.asText();
        }
    }
}
