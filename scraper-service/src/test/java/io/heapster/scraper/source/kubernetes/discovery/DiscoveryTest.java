package io.heapster.scraper.source.kubernetes.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.kubernetes.FakeApiServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final Vertx vertx = Vertx.vertx();
    private final FakeApiServer api = new FakeApiServer(vertx);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Config config = new ConfigBuilder(Config.empty())
            .withMasterUrl(api.url())
            .withOnlyHttpWatches(true)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(20)
            .build();
    private final Discovery discovery = discovery(Duration.ofMinutes(30));

    private Discovery discovery(Duration longestWatch) {
        return new Discovery(
                new KubernetesClientBuilder().withConfig(config).build(),
                "c",
                "",
                () -> {},
                registry,
                Clock.systemUTC(),
                Duration.ofMillis(50),
                longestWatch);
    }

    @BeforeEach
    void fill() {
        for (int i = 1; i <= 5; i++) {
            api.put("nodes", node("node-" + i, "10.0.0." + i));
            api.put("pods", pod("web-" + i, "uid-" + i, "node-1"));
        }
        api.put("pods", pod("pending", "uid-pending", ""));
        api.put(
                "namespaces",
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .withUid("ns-uid")
                        .endMetadata()
                        .build());
    }

    @AfterEach
    void close() {
        discovery.close();
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Node node(String name, String address) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withResourceVersion("1")
                .endMetadata()
                .withNewStatus()
                .addNewAddress(address, "InternalIP")
                .endStatus()
                .build();
    }

    private static Pod pod(String name, String uid, String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .withUid(uid)
                .withResourceVersion("1")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("app")
                .endContainer()
                .endSpec()
                .build();
    }

    private void startAndSync() {
        discovery.start();
        await().atMost(PATIENCE).until(discovery::synced);
        await().atMost(PATIENCE).until(() -> api.watching("pods") == 1 && api.watching("nodes") == 1);
    }

    private double count(String name, String resource) {
        return registry.get(name).tag("resource", resource).counter().count();
    }

    @Test
    void listsEveryPageAndJoinsPodsToTheirNode() {
        startAndSync();

        assertThat(discovery.nodeNames()).hasSize(5);
        NodeInventory inventory = discovery.inventory("node-1");
        assertThat(inventory.known()).isTrue();
        assertThat(inventory.pods()).hasSize(5);
        assertThat(inventory.namespaceIds()).containsEntry("shop", "ns-uid");
        assertThat(discovery.inventory("node-2").pods()).isEmpty();
        assertThat(discovery.inventory("nobody")).isEqualTo(NodeInventory.NONE);
        assertThat(count("heapster.discovery.relists", "pods")).isEqualTo(1);
        assertThat(registry.get("heapster.discovery.objects")
                        .tag("resource", "pods")
                        .gauge()
                        .value())
                .isEqualTo(5);
    }

    @Test
    void followsWhatIsAddedBoundChangedAndDeleted() {
        startAndSync();

        api.put("nodes", node("node-6", "10.0.0.6"));
        api.put("nodes", node("node-1", "10.0.0.100"));
        api.put("pods", pod("pending", "uid-pending", "node-2"));
        api.remove("pods", pod("web-1", "uid-1", "node-1"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(discovery.nodeNames()).hasSize(6);
            assertThat(discovery.node("node-1")).extracting(KnownNode::address).isEqualTo("10.0.0.100");
            assertThat(discovery.inventory("node-2").pods()).hasSize(1);
            assertThat(discovery.inventory("node-1").pods()).hasSize(4);
        });
        assertThat(count("heapster.discovery.events", "nodes")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aBrokenWatchIsResumed() {
        startAndSync();

        api.breakWatches("nodes");
        await().atMost(PATIENCE).until(() -> api.watching("nodes") == 1);
        api.put("nodes", node("node-7", "10.0.0.7"));

        await().atMost(PATIENCE).until(() -> discovery.node("node-7") != null);
    }

    @Test
    void aWatchThatHasLastedLongIsFollowedByAnotherWithoutANewList() {
        try (Discovery restless = discovery(Duration.ofMillis(400))) {
            restless.start();
            await().atMost(PATIENCE)
                    .until(() -> api.requests().stream()
                                    .filter(uri -> uri.contains("/nodes?") && uri.contains("watch=true"))
                                    .count()
                            >= 3);

            // The fake, unlike an API server, does not tell a new watch what came between the two.
            await().atMost(PATIENCE).until(() -> {
                api.put("nodes", node("node-9", "10.0.0.9"));
                return restless.node("node-9") != null;
            });
            assertThat(count("heapster.discovery.relists", "nodes")).isEqualTo(1);
            assertThat(count("heapster.discovery.watch.errors", "nodes")).isZero();
        }
    }

    @Test
    void aVersionThatIsGoneIsAnsweredByANewList() {
        startAndSync();

        api.forget("nodes");
        api.put("nodes", node("node-8", "10.0.0.8"));
        api.gone("nodes");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(discovery.nodeNames()).containsExactly("node-8"));
        assertThat(count("heapster.discovery.relists", "nodes")).isGreaterThanOrEqualTo(2);
        assertThat(count("heapster.discovery.watch.errors", "nodes")).isGreaterThanOrEqualTo(1);
        await().atMost(PATIENCE).until(() -> api.watching("nodes") == 1);
    }

    @Test
    void anApiServerThatIsAwayIsWaitedFor() {
        api.down(true);
        discovery.start();
        await().atMost(PATIENCE).until(() -> count("heapster.discovery.watch.errors", "pods") >= 2);
        assertThat(discovery.synced()).isFalse();
        assertThat(discovery.nodeNames()).isEmpty();

        api.down(false);

        await().atMost(PATIENCE).until(discovery::synced);
        assertThat(discovery.nodeNames()).hasSize(5);
    }

    @Test
    void whatWasKnownStaysWhileTheApiServerIsAway() {
        startAndSync();

        api.down(true);
        await().atMost(PATIENCE).until(() -> api.watching("nodes") == 0);

        assertThat(discovery.nodeNames()).hasSize(5);
        assertThat(discovery.inventory("node-1").pods()).hasSize(5);
        assertThat(registry.get("heapster.discovery.seconds.since.event")
                        .tag("resource", "nodes")
                        .gauge()
                        .value())
                .isBetween(0.0, 60.0);
    }
}
