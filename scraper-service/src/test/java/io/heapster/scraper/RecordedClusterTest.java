package io.heapster.scraper;

import static io.heapster.contract.metric.Metrics.CPU_NODE_RESERVATION;
import static io.heapster.contract.metric.Metrics.CPU_REQUEST;
import static io.heapster.contract.metric.Metrics.CPU_USAGE_RATE;
import static io.heapster.contract.metric.Metrics.MEMORY_LIMIT;
import static io.heapster.contract.metric.Metrics.MEMORY_REQUEST;
import static io.heapster.contract.metric.Metrics.NETWORK_RX_RATE;
import static io.heapster.contract.metric.Metrics.PROCESS_COUNT;
import static io.heapster.contract.metric.Metrics.RESTART_COUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.derive.Derivation;
import io.heapster.scraper.derive.Enrichment;
import io.heapster.scraper.derive.JoinedLabels;
import io.heapster.scraper.derive.Rates;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import io.heapster.scraper.source.kubernetes.FakeApiServer;
import io.heapster.scraper.source.kubernetes.KubernetesSourceFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was recorded of a real cluster, from its API server and kubelet to the entities that are published. */
class RecordedClusterTest {
    private static final Duration AMPLE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final FakeApiServer api = new FakeApiServer(vertx);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Derivation derivation = new Derivation(
            new Rates(Duration.ofMinutes(3), meters),
            new Enrichment(new JoinedLabels(",", List.of(), List.of(), 2_048), meters));
    private volatile Buffer document = Buffer.buffer();
    private final HttpServer kubelet = vertx.createHttpServer()
            .requestHandler(request -> request.response().end(document));

    private static Buffer resource(String name) {
        String path = "/kubernetes/" + name;
        try (InputStream in = Objects.requireNonNull(RecordedClusterTest.class.getResourceAsStream(path), path)) {
            InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
            return Buffer.buffer(plain.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The entities of the second of two documents, by key. */
    private Map<String, Entity> derived(String key, String version, String first, String second) {
        int port = kubelet.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        for (String kind : new String[] {"nodes", "pods", "namespaces"}) {
            JsonArray items = new JsonObject(resource(version + "/" + kind + ".json")).getJsonArray("items");
            for (int i = 0; i < items.size(); i++) {
                JsonObject item = items.getJsonObject(i);
                if (kind.equals("nodes")) {
                    item.getJsonObject("status")
                            .getJsonArray("addresses")
                            .add(new JsonObject().put("type", "InternalIP").put("address", "127.0.0.1"));
                }
                api.put(kind, item);
            }
        }
        try (Source source = new KubernetesSourceFactory(vertx, meters)
                .create(ComponentUri.parse(
                        key + ":" + api.url() + "?kubeletHttps=false&kubeletPort=" + port, Map.of()))) {
            source.start();
            await().atMost(AMPLE).until(source::synced);
            var unused = read(source.targets().get(0), 0, version + "/" + first);
            Map<String, Entity> entities = new HashMap<>();
            for (Entity entity : read(source.targets().get(0), 30_000, version + "/" + second)) {
                assertThat(entities.put(entity.key(), entity)).as(entity.key()).isNull();
            }
            return entities;
        }
    }

    private List<Entity> read(Target target, long tick, String answer) {
        document = resource(answer);
        Reading reading = target.read(AMPLE).toCompletableFuture().join();
        return derivation.derive(target.node(), tick, reading.entities(), target.inventory());
    }

    private static Entity entity(Map<String, Entity> entities, String key) {
        return Objects.requireNonNull(entities.get(key), key);
    }

    private static long value(Map<String, Entity> entities, String key, Metric metric) {
        return entity(entities, key).samples().longOr(metric, Long.MIN_VALUE);
    }

    @Test
    void byTheSourceKubernetes() {
        Map<String, Entity> entities =
                derived("kubernetes", "v1.20.2", "stats-container.post.1.json.gz", "stats-container.post.2.json.gz");

        assertThat(value(entities, "node:node-1", CPU_USAGE_RATE)).isEqualTo(1_998);
        assertThat(value(entities, "namespace:shop/pod:caller", CPU_USAGE_RATE)).isEqualTo(40);
        assertThat(value(entities, "namespace:shop/pod:caller/container:caller", CPU_USAGE_RATE))
                .isEqualTo(40);
        assertThat(value(entities, "namespace:shop/pod:caller/container:caller", MEMORY_LIMIT))
                .isEqualTo(128L << 20);
        assertThat(entity(entities, "namespace:shop/pod:caller").samples().doubleOr(NETWORK_RX_RATE, -1))
                .isEqualTo(11.12);
        assertThat(value(entities, "namespace:shop/pod:caller", PROCESS_COUNT)).isEqualTo(2);
        assertThat(value(entities, "namespace:shop/pod:crasher/container:crasher", RESTART_COUNT))
                .as("told by its pod's status though it is not running")
                .isEqualTo(3);
        assertTruth(entities);
        assertThat(value(entities, "node:node-1", CPU_REQUEST)).isEqualTo(5 + 20 + 2 * 60 + 100 + 250);
        assertThat(value(entities, "node:node-1", MEMORY_REQUEST)).isEqualTo((16L + 2 * 40 + 24 + 96) << 20);
        assertThat(entity(entities, "node:node-1").samples().doubleOr(CPU_NODE_RESERVATION, -1))
                .isEqualTo(0.2475);
    }

    @Test
    void byTheSourceKubernetesSummaryApi() {
        Map<String, Entity> entities =
                derived("kubernetes.summary_api", "v1.36.2", "stats-summary.1.json", "stats-summary.2.json");

        assertThat(value(entities, "namespace:shop/pod:caller/container:caller", CPU_USAGE_RATE))
                .isBetween(20L, 80L);
        assertTruth(entities);
        assertThat(value(entities, "node:node-1", CPU_REQUEST)).isEqualTo(5 + 20 + 2 * 60 + 250);
    }

    private static void assertTruth(Map<String, Entity> entities) {
        Entity hostnet = entity(entities, "namespace:kube-system/pod:hostnet");
        assertThat(hostnet.label(LabelKey.HOST_NETWORK)).isEqualTo("true");
        assertThat(entity(entities, "namespace:shop/pod:caller").label(LabelKey.HOST_NETWORK))
                .isEmpty();
        List<Entity> web = entities.values().stream()
                .filter(entity -> entity.label(LabelKey.WORKLOAD_NAME).equals("web"))
                .toList();
        assertThat(web).hasSize(2 * 3).allSatisfy(entity -> {
            assertThat(entity.label(LabelKey.WORKLOAD_KIND)).isEqualTo("Deployment");
            assertThat(entity.label(LabelKey.NAMESPACE_ID)).isNotEmpty();
            assertThat(entity.label(LabelKey.LABELS)).startsWith("app:web,");
        });
        assertThat(entities.values())
                .filteredOn(entity -> entity.type() == EntityType.POD_CONTAINER)
                .allSatisfy(entity ->
                        assertThat(entity.label(LabelKey.CONTAINER_BASE_IMAGE)).isNotEmpty());
        assertThat(entities.values())
                .extracting(entity -> entity.label(LabelKey.POD_NAME))
                .as("pending and finished pods are not invented")
                .doesNotContain("unschedulable")
                .noneMatch(name -> name.startsWith("once"));
    }
}
