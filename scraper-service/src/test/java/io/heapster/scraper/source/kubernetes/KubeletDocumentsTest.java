package io.heapster.scraper.source.kubernetes;

import static io.heapster.contract.metric.Metrics.CLOCK_SKEW;
import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which documents kubelets of several ages are read by, over real connections. */
class KubeletDocumentsTest {
    private static final Duration AMPLE = Duration.ofMinutes(2);
    private static final String CONTAINERS = "/stats/container/";
    private static final String SUMMARY = "/stats/summary";
    private static final String RESOURCE = "/metrics/resource";

    private final Vertx vertx = Vertx.vertx();
    private final FakeApiServer api = new FakeApiServer(vertx);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final Map<String, Buffer> documents = new ConcurrentHashMap<>(Map.of(
            CONTAINERS, resource("v1.20.2/stats-container.post.2.json.gz"),
            SUMMARY, resource("v1.36.2/stats-summary.1.json"),
            RESOURCE, resource("v1.36.2/metrics-resource.1.txt")));
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final HttpServer kubelet = vertx.createHttpServer().requestHandler(this::answer);
    private int port;

    private static Buffer resource(String name) {
        String path = "/kubernetes/" + name;
        try (InputStream in = Objects.requireNonNull(KubeletDocumentsTest.class.getResourceAsStream(path), path)) {
            InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
            return Buffer.buffer(plain.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void listen() {
        port = kubelet.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void close() {
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.method() + " " + request.uri());
        Integer refusal = refusals.get(request.uri());
        Buffer document = documents.get(request.uri());
        if (refusal != null || document == null) {
            request.response().setStatusCode(refusal == null ? 404 : refusal).end("no");
        } else {
            request.response()
                    .putHeader("Date", "Sat, 21 Nov 2020 08:31:14 GMT")
                    .end(document);
        }
    }

    private void node(String version, Map<String, Object> annotations) {
        api.put(
                "nodes",
                new JsonObject()
                        .put("kind", "Node")
                        .put("apiVersion", "v1")
                        .put(
                                "metadata",
                                new JsonObject()
                                        .put("name", "n")
                                        .put("resourceVersion", "2")
                                        .put("annotations", new JsonObject(annotations)))
                        .put(
                                "status",
                                new JsonObject()
                                        .put(
                                                "addresses",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("type", "InternalIP")
                                                                .put("address", "127.0.0.1")))
                                        .put(
                                                "nodeInfo",
                                                new JsonObject()
                                                        .put("kubeletVersion", version)
                                                        .put("bootID", "b"))));
    }

    private Source source(String key) {
        KubernetesSourceFactory factory = new KubernetesSourceFactory(vertx, registry, Clock.systemUTC(), Map.of());
        Source source = factory.create(ComponentUri.parse(
                key + ":" + api.url() + "?kubeletHttps=false&cluster_name=lab&kubeletPort=" + port, Map.of()));
        source.start();
        await().atMost(AMPLE).until(source::synced);
        return source;
    }

    private static Target target(Source source) {
        return source.targets().get(0);
    }

    private static Reading read(Source source) {
        return target(source).read(AMPLE).toCompletableFuture().join();
    }

    private static ScrapeException failure(Source source) {
        try {
            throw new AssertionError(read(source));
        } catch (CompletionException e) {
            return Objects.requireNonNull((ScrapeException) e.getCause());
        }
    }

    private List<String> asked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    private double readBy(String document) {
        return registry.get("heapster.kubelet.documents")
                .tags("cluster", "lab", "document", document)
                .gauge()
                .value();
    }

    @Test
    void theSourceKubernetesPostsForContainers() {
        node("v1.20.2", Map.of());
        try (Source source = source("kubernetes")) {
            Reading reading = read(source);

            assertThat(asked()).containsExactly("POST " + CONTAINERS);
            assertThat(reading.entities().get(0).samples().longOr(CPU_USAGE, 0)).isEqualTo(4_313_629_518_416L);
            assertThat(reading.entities())
                    .extracting(Entity::key)
                    .contains("node:n/container:system.slice/kubelet.service");
            assertThat(readBy("containers")).isEqualTo(1);
        }
    }

    @Test
    void whereTheyAreGoneItReadsTheSummaryAndRemembersIt() {
        node("v1.36.2", Map.of());
        documents.remove(CONTAINERS);
        try (Source source = source("kubernetes")) {
            read(source);
            assertThat(asked()).containsExactly("POST " + CONTAINERS, "GET " + SUMMARY);

            read(source);
            assertThat(asked()).containsExactly("GET " + SUMMARY);
            assertThat(readBy("summary")).isEqualTo(1);
            assertThat(registry.get("heapster.kubelet.fallbacks")
                            .tags("cluster", "lab", "from", "containers", "to", "summary")
                            .counter()
                            .count())
                    .isEqualTo(1);

            node("v1.20.2", Map.of());
            documents.put(CONTAINERS, resource("v1.20.2/stats-container.post.2.json.gz"));
            await().atMost(AMPLE).untilAsserted(() -> {
                read(source);
                assertThat(asked()).containsExactly("POST " + CONTAINERS);
            });
            assertThat(readBy("containers")).isEqualTo(1);
        }
    }

    @Test
    void aVirtualKubeletGivesProcessorAndMemoryAtThePathItNames() {
        node("virtual", Map.of("metrics.k8s.io/resource-metrics-path", "/pods/metrics"));
        refusals.put(SUMMARY, 403);
        documents.put("/pods/metrics", resource("v1.20.2/metrics-resource.1.txt"));
        try (Source source = source("kubernetes.summary_api")) {
            Reading reading = read(source);
            read(source);

            assertThat(asked()).containsExactly("GET " + SUMMARY, "GET /pods/metrics", "GET /pods/metrics");
            assertThat(reading.entities().get(0).samples().longOr(CPU_USAGE, 0)).isEqualTo(4_273_418_696_340L);
            assertThat(readBy("resource")).isEqualTo(1);
        }
    }

    @Test
    void aKubeletWithoutAnythingIsAskedFromTheBeginningAndSaysWhichRightIsMissing() {
        node("v1.36.2", Map.of());
        refusals.putAll(Map.of(SUMMARY, 403, RESOURCE, 403));
        try (Source source = source("kubernetes")) {
            documents.remove(CONTAINERS);
            ScrapeException failure = failure(source);

            assertThat(asked()).containsExactly("POST " + CONTAINERS, "GET " + SUMMARY, "GET " + RESOURCE);
            assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
            assertThat(failure)
                    .hasMessageContaining("resources [nodes/stats], verbs [get]")
                    .hasMessageContaining("resources [nodes/metrics], verbs [get]");

            refusals.clear();
            read(source);
            refusals.put(SUMMARY, 404);
            read(source);
            assertThat(readBy("resource")).isEqualTo(1);
            refusals.put(RESOURCE, 404);
            failure(source);
            asked();
            refusals.clear();
            read(source);
            assertThat(asked()).as("from the beginning").startsWith("POST " + CONTAINERS);
        }
    }

    @Test
    void aServerErrorIsNoReasonToAskForSomethingElse() {
        node("v1.36.2", Map.of());
        refusals.put(SUMMARY, 500);
        try (Source source = source("kubernetes.summary_api")) {
            assertThat(failure(source).reason()).isEqualTo(Reason.HTTP);

            assertThat(asked()).containsExactly("GET " + SUMMARY, "GET " + SUMMARY);
        }
    }

    @Test
    void theNodesClockIsComparedWithOurs() {
        node("v1.36.2", Map.of());
        try (Source source = source("kubernetes.summary_api")) {
            Entity node = read(source).entities().get(0);

            assertThat(node.samples().longOr(CLOCK_SKEW, 0))
                    .as("the fake's is years behind")
                    .isLessThan(-Duration.ofDays(365).toMillis());
            assertThat(node.measuredMillis())
                    .as("not corrected")
                    .isEqualTo(java.time.Instant.parse(new JsonObject(documents.get(SUMMARY))
                                    .getJsonObject("node")
                                    .getJsonObject("cpu")
                                    .getString("time"))
                            .toEpochMilli());
        }
    }
}
