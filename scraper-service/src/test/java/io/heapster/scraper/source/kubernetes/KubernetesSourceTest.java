package io.heapster.scraper.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recorded cluster, from its API server and its kubelet to what the scraper gets. */
class KubernetesSourceTest {
    private static final Duration AMPLE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final FakeApiServer api = new FakeApiServer(vertx);
    private final Buffer summary = Buffer.buffer(resource("stats-summary.1.json"));
    private final HttpServer kubelet = vertx.createHttpServer().requestHandler(request -> {
        boolean asked = request.uri().equals("/stats/summary");
        request.response().setStatusCode(asked ? 200 : 404).end(asked ? summary : Buffer.buffer());
    });
    private final KubernetesSourceFactory factory =
            new KubernetesSourceFactory(vertx, new SimpleMeterRegistry(), Clock.systemUTC(), Map.of());

    private static byte[] resource(String name) {
        String path = "/kubernetes/v1.36.2/" + name;
        try (InputStream in = KubernetesSourceTest.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void recorded() {
        for (String kind : new String[] {"nodes", "pods", "namespaces"}) {
            JsonArray items = new JsonObject(Buffer.buffer(resource(kind + ".json"))).getJsonArray("items");
            for (int i = 0; i < items.size(); i++) {
                api.put(kind, items.getJsonObject(i));
            }
        }
    }

    @AfterEach
    void close() {
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Source source(String options) {
        return factory.create(ComponentUri.parse("kubernetes.summary_api:" + api.url() + options, Map.of()));
    }

    private void addNode(String name, String address, int port, String ready) {
        api.put(
                "nodes",
                new JsonObject()
                        .put("kind", "Node")
                        .put("apiVersion", "v1")
                        .put("metadata", new JsonObject().put("name", name).put("resourceVersion", "2"))
                        .put(
                                "status",
                                new JsonObject()
                                        .put(
                                                "addresses",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("type", "InternalIP")
                                                                .put("address", address)))
                                        .put(
                                                "conditions",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("type", "Ready")
                                                                .put("status", ready)))
                                        .put(
                                                "daemonEndpoints",
                                                new JsonObject()
                                                        .put("kubeletEndpoint", new JsonObject().put("Port", port)))));
    }

    private static Target target(Source source, String node) {
        return source.targets().stream()
                .filter(target -> target.node().node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsANodeAtThePortItTellsAndKnowsItsPods() {
        int port = kubelet.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        addNode("local", "127.0.0.1", port, "True");
        addNode("resting", "127.0.0.1", port, "Unknown");
        addNode("nowhere", "", port, "True");
        try (Source source = source("?kubeletHttps=false&cluster_name=lab&apiVersion=v1")) {
            assertThat(source.cluster()).isEqualTo("lab");
            assertThat(source.synced()).isFalse();
            source.start();
            await().atMost(AMPLE).until(source::synced);

            Target local = target(source, "local");
            Reading reading = local.read(AMPLE).toCompletableFuture().join();

            assertThat(local.node()).isEqualTo(new NodeKey("lab", "local"));
            assertThat(local.skip()).isNull();
            assertThat(reading.warnings()).isEmpty();
            assertThat(reading.entities()).hasSize(16);
            assertThat(reading.entities().get(0).label("nodename")).isEqualTo("local");
            assertThat(target(source, "resting").skip()).isEqualTo(SkipReason.NOT_READY);
            assertThat(target(source, "nowhere").skip()).isEqualTo(SkipReason.NO_ADDRESS);
            assertThat(target(source, "nowhere").read(AMPLE).toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(target(source, "local")).as("kept from tick to tick").isSameAs(local);

            NodeInventory recordedNode = target(source, "node-1").inventory();
            assertThat(recordedNode.known()).isTrue();
            assertThat(recordedNode.pods())
                    .extracting(NodeInventory.Pod::name)
                    .contains("once-8jgz2", "hostnet")
                    .doesNotContain("unschedulable");
            assertThat(recordedNode.namespaceIds()).containsKeys("shop", "batch");
        }
    }

    @Test
    void anAnswerThatIsNoSummaryFailsWithDecode() {
        HttpServer odd = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("<html>"));
        int port = odd.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        addNode("odd", "127.0.0.1", 1, "True");
        try (Source source = source("?kubeletHttps=false&kubeletPort=" + port)) {
            source.start();
            await().atMost(AMPLE).until(source::synced);

            assertThatThrownBy(() -> target(source, "odd")
                            .read(AMPLE)
                            .toCompletableFuture()
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(ScrapeException.Reason.DECODE))
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void bothOfHeapstersKeysAreItsOwn() {
        assertThat(factory.keys()).containsExactlyInAnyOrder("kubernetes", "kubernetes.summary_api");
        assertThat(factory.options()).contains("kubeletServerName", "apiVersion");
    }

    @Test
    void aCaFileWithoutCertificatesEndsTheStart() {
        assertThatThrownBy(() -> source("?kubeletCA=/etc/hostname"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kubeletCA");
    }
}
