package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.deploy.GrafanaDashboard.Query;
import io.heapster.deploy.GrafanaDashboard.Variable;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.pipeline.ServiceProcess;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.Fault;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import io.heapster.sink.influxdb.server.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every dashboard against a real InfluxDB that the services filled, and a real Prometheus that reads the
 * services, with the alerts loaded. One cluster is simulated, one is this machine.
 */
class GrafanaQueriesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RESOLUTION = "5s";
    private static final List<AutoCloseable> STARTED = new CopyOnWriteArrayList<>();
    private static final Map<String, ServiceProcess> SERVICES = new ConcurrentHashMap<>();

    @TempDir
    private static Path directory;

    private static InfluxDbServer influx;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void aPipelineIsRunning() throws IOException, InterruptedException, GeneralSecurityException {
        EmbeddedKafka kafka = started(EmbeddedKafka.inTemporaryDirectory());
        influx = started(InfluxDbServer.start());
        ClusterShape shape = ClusterShape.of(3, 4).withSampleSpread(Duration.ZERO);
        Simulator simulator = started(Simulator.start(shape, Simulator.Listening.withTls()));
        simulator.cluster().spread(new Fault.Garbage(), 0.34);
        Path kubeconfig = simulator.kubeconfig().write(Files.createDirectory(directory.resolve("cluster")));
        TestCertificate certificate =
                TestCertificate.of(Files.createDirectory(directory.resolve("certificate")), "ip:127.0.0.1");
        Map<String, String> shared = Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "heapster.metric-resolution", RESOLUTION,
                "heapster.model.resolution", RESOLUTION);
        Map<String, Map<String, String>> services = Map.of(
                "model",
                Map.of(
                        "heapster.model.access.tls-cert",
                        certificate.certificate().toString(),
                        "heapster.model.access.tls-key",
                        certificate.key().toString(),
                        "quarkus.http.ssl-port",
                        "0"),
                "sink",
                Map.of("heapster.sink.sinks[0]", "influxdb:" + influx.address()),
                "scraper",
                Map.of(
                        "heapster.scraper.sources[0]",
                        "kubernetes.summary_api:?inClusterConfig=false&auth=" + kubeconfig + "&kubeletServerName="
                                + Simulator.Listening.KUBELET_NAME,
                        "heapster.scraper.sources[1]",
                        "host:?cluster_name=this-machine"));
        services.entrySet().parallelStream()
                .forEach(service -> SERVICES.put(
                        service.getKey(),
                        started(ServiceProcess.start(
                                service.getKey() + "-service", with(shared, service.getValue())))));
        // Requests are counted from the first one on.
        assertThat(Objects.requireNonNull(SERVICES.get("sink"))
                        .get("/api/v1/sinks")
                        .statusCode())
                .isEqualTo(200);
        Map<String, Integer> ports = new HashMap<>();
        SERVICES.forEach((job, service) -> ports.put(job, service.port()));
        prometheus = started(PrometheusServer.start(
                Files.createDirectory(directory.resolve("prometheus")),
                DeployFiles.DEPLOY.resolve("prometheus/alerts.yml"),
                ports));
        // Rates need two ticks, and sums come a tick later.
        await("sums of both clusters").atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        values("SHOW TAG VALUES FROM \"cpu/nodes_usage_rate_gauge\" WITH KEY = \"cluster_name\""))
                .containsExactlyInAnyOrder("default", "this-machine"));
        await("rates of pods").atMost(PATIENCE).until(() -> !values(
                        "SHOW TAG VALUES FROM \"cpu/usage_rate_gauge\" WITH KEY = \"namespace_name\" WHERE \"type\" = 'ns'")
                .isEmpty());
    }

    @AfterAll
    static void everythingEnds() throws Exception {
        for (int i = STARTED.size() - 1; i >= 0; i--) {
            STARTED.get(i).close();
        }
    }

    @Test
    void everyQueryOfInfluxDbHasData() throws IOException, InterruptedException {
        List<String> empty = new ArrayList<>();
        for (GrafanaDashboard dashboard : GrafanaDashboard.all()) {
            List<Map<String, String>> choices = choices(dashboard.variables());
            for (Query query : dashboard.queries()) {
                if (query.datasource().equals("heapster-influxdb") && !hasData(query.text(), choices)) {
                    empty.add(query.toString());
                }
            }
        }

        assertThat(empty).isEmpty();
    }

    @Test
    void aWideIntervalDoesNotMultiplyTheSums() throws IOException, InterruptedException {
        String allocatable = GrafanaDashboard.all().stream()
                .flatMap(dashboard -> dashboard.queries().stream())
                .map(Query::text)
                .filter(text -> text.startsWith("SELECT sum(\"value\") FROM (SELECT mean")
                        && text.contains("memory/node_allocatable_gauge"))
                .findFirst()
                .orElseThrow();
        Map<String, String> cluster = Map.of("cluster", "default");

        Set<Double> narrow = numbers(run(allocatable, cluster, RESOLUTION));
        Set<Double> wide = numbers(run(allocatable, cluster, "1h"));

        assertThat(wide).isNotEmpty();
        // The cluster's size does not change, nodes that are read in an interval may.
        assertThat(narrow).containsAll(wide);
    }

    @Test
    void everyQueryOfPrometheusHasData() throws IOException, InterruptedException {
        await("a failure and a dead node")
                .atMost(PATIENCE)
                .until(() -> prometheus
                                .query("sum(rate(heapster_scrape_failures_total[10s])) > 0")
                                .size()
                        > 0);
        List<String> empty = new ArrayList<>();
        for (GrafanaDashboard dashboard : GrafanaDashboard.all()) {
            for (Query query : dashboard.queries()) {
                if (query.datasource().equals("heapster-prometheus")
                        && prometheus
                                .query(query.text().replace("$__rate_interval", "10s"))
                                .isEmpty()) {
                    empty.add(query.toString());
                }
            }
        }

        assertThat(empty).isEmpty();
    }

    @Test
    void prometheusEvaluatesEveryAlertAndNoneButTheBrokenNodesIsOnItsWay() throws IOException, InterruptedException {
        await("an evaluation").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        prometheus.rules().findValuesAsText("health"))
                .isNotEmpty()
                .containsOnly("ok"));
        await("calm").atMost(PATIENCE).untilAsserted(() -> assertThat(names(prometheus.query("ALERTS")))
                .containsExactly("HeapsterScrapeSuccessLow"));
    }

    @Test
    void thePageOfSelfMetricsListsWhatTheServicesTell() throws IOException {
        SelfMetrics page = SelfMetrics.ofPage();

        assertThat(SERVICES).isNotEmpty().allSatisfy((job, service) -> assertThat(
                        page.missing(service.get("/q/metrics").body()))
                .as(job)
                .isEmpty());
    }

    /** What somebody may choose in the dashboard: one value of each variable, found by its own query. */
    private static List<Map<String, String>> choices(List<Variable> variables)
            throws IOException, InterruptedException {
        List<Map<String, String>> choices = List.of(Map.of());
        for (Variable variable : variables) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> choice : choices) {
                for (String value : values(substituted(variable.query(), choice, RESOLUTION))) {
                    longer.add(with(choice, Map.of(variable.name(), value)));
                }
            }
            choices = longer;
        }
        return choices;
    }

    private static boolean hasData(String query, List<Map<String, String>> choices)
            throws IOException, InterruptedException {
        for (Map<String, String> choice : choices) {
            if (!numbers(run(query, choice, RESOLUTION)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode run(String query, Map<String, String> choice, String interval)
            throws IOException, InterruptedException {
        return influx.query("k8s", substituted(query, choice, interval)).at("/results/0/series");
    }

    /** As Grafana replaces variables, longest names first. */
    private static String substituted(String query, Map<String, String> choice, String interval) {
        String text = query.replace("$timeFilter", "time >= now() - 1h").replace("$__interval", interval);
        for (Map.Entry<String, String> variable : choice.entrySet()) {
            text = text.replace("'$" + variable.getKey() + "'", "'" + variable.getValue() + "'");
        }
        assertThat(text).doesNotContain("$");
        return text;
    }

    /** All values but times. */
    private static Set<Double> numbers(JsonNode series) {
        Set<Double> numbers = new HashSet<>();
        for (JsonNode one : series) {
            for (JsonNode row : one.path("values")) {
                if (row.path(1).isNumber()) {
                    numbers.add(row.path(1).asDouble());
                }
            }
        }
        return numbers;
    }

    /** The values of {@code SHOW TAG VALUES}. */
    private static Set<String> values(String statement) throws IOException, InterruptedException {
        Set<String> values = new HashSet<>();
        influx.query("k8s", statement)
                .at("/results/0/series/0/values")
                .forEach(row -> values.add(row.path(1).asText()));
        return values;
    }

    private static Set<String> names(JsonNode alerts) {
        Set<String> names = new HashSet<>();
        alerts.forEach(alert -> names.add(alert.at("/metric/alertname").asText()));
        return names;
    }

    private static Map<String, String> with(Map<String, String> settings, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.add(part);
        return part;
    }
}
