package io.heapster.simulator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.Simulator.Listening;
import io.heapster.simulator.access.Kubeconfig;
import io.heapster.simulator.access.TestAuthority;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.Fault;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.cluster.SimulatedPod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SimulatedApiServerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final Simulator simulator = Simulator.start(ClusterShape.of(3, 10).withDaemonPods(1), Listening.withTls());
    private final KubernetesClient client = client(simulator.kubeconfig());

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void aRealClientReadsEverythingItKnows() {
        SimulatedNode node = simulator.cluster().nodes().get(0);
        Node object = client.nodes().withName(node.name()).get();

        assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
        assertThat(client.namespaces().list().getItems()).hasSize(11);
        assertThat(client.nodes().list().getItems()).hasSize(3);
        assertThat(object.getStatus().getAddresses().get(0).getAddress()).isEqualTo(node.address());
        assertThat(object.getStatus().getDaemonEndpoints().getKubeletEndpoint().getPort())
                .isEqualTo(simulator.kubelets().port());
        assertThat(object.getStatus().getAllocatable().get("cpu")).hasToString("15900m");
        for (SimulatedPod pod : simulator.cluster().pods()) {
            Pod read = client.pods()
                    .inNamespace(pod.namespace())
                    .withName(pod.name())
                    .get();
            assertThat(read.getMetadata().getUid()).isEqualTo(pod.uid());
            assertThat(read.getMetadata().getLabels()).isEqualTo(pod.labels());
            assertThat(read.getMetadata().getOwnerReferences().get(0).getName())
                    .isEqualTo(pod.owner().name());
            assertThat(read.getSpec().getContainers()).hasSameSizeAs(pod.containers());
            assertThat(read.getStatus().getContainerStatuses().get(0).getRestartCount())
                    .isEqualTo(pod.containers().get(0).restarts());
            assertThat(Boolean.TRUE.equals(read.getSpec().getHostNetwork())).isEqualTo(pod.hostNetwork());
        }
        assertThat(client.pods().inNamespace("team-00").withName("none").get()).isNull();
    }

    @Test
    void countsAListOnceHoweverManyPagesItHas() {
        String next = null;
        do {
            var page = client.pods()
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder()
                            .withLimit(10L)
                            .withContinue(next)
                            .build());
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());

        assertThat(simulator.apiServer().server().lists(ResourceKind.PODS)).isEqualTo(1);
        assertThat(simulator.apiServer().server().lists(ResourceKind.NODES)).isZero();
        assertThat(simulator.apiServer().server().watchesBegun(ResourceKind.PODS))
                .isZero();
    }

    @Test
    void selectorsChooseAsTheRealOneDoes() {
        SimulatedPod any = simulator.cluster().pods().get(0);
        String app = any.labels().getOrDefault("app", "");

        List<Pod> onNode = client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", any.node())
                .list()
                .getItems();
        List<Pod> labelled =
                client.pods().inAnyNamespace().withLabel("app", app).list().getItems();

        assertThat(onNode).hasSize(11);
        assertThat(labelled)
                .isNotEmpty()
                .allMatch(pod -> app.equals(pod.getMetadata().getLabels().get("app")));
    }

    @Test
    void listsInChunks() {
        PodList first = client.pods()
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(20L).build());
        String next = first.getMetadata().getContinue();
        PodList second = client.pods()
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(20L).withContinue(next).build());

        assertThat(first.getItems()).hasSize(20);
        assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(13);
        assertThat(second.getItems()).hasSize(13).doesNotContainAnyElementsOf(first.getItems());
        assertThat(second.getMetadata().getContinue()).isNull();

        simulator.apiServer().expireResourceVersions();

        assertThatThrownBy(() -> client.pods()
                        .inAnyNamespace()
                        .list(new ListOptionsBuilder()
                                .withLimit(20L)
                                .withContinue(next)
                                .build()))
                .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> assertThat(refusal.getCode())
                        .isEqualTo(410));
    }

    @Test
    void anInformerFollowsChurnRestartsAndNodes() {
        try (SharedIndexInformer<Pod> pods = client.pods().inAnyNamespace().inform();
                SharedIndexInformer<Node> nodes = client.nodes().inform()) {
            assertThat(pods.getStore().list()).hasSize(33);
            SimulatedPod pod = simulator.cluster().pods().get(0);

            SimulatedPod again = simulator.cluster().recreatePod(pod);
            SimulatedPod further = simulator.cluster().addPod(pod.node());
            SimulatedPod gone = simulator.cluster().pods().get(5);
            simulator.cluster().removePod(gone);
            SimulatedNode added = simulator.cluster().addNode();
            simulator.cluster().setFault(pod.node(), new Fault.NotReady());

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(uid(pods, again)).isEqualTo(again.uid());
                assertThat(uid(pods, further)).isEqualTo(further.uid());
                assertThat(uid(pods, gone)).isNull();
                assertThat(pods.getStore().list()).hasSize(44);
                assertThat(nodes.getStore().getByKey(added.name())).isNotNull();
                assertThat(ready(nodes.getStore().getByKey(pod.node()))).isEqualTo("False");
            });

            simulator.cluster().removeNode(added.name());
            simulator.cluster().heal(pod.node());
            int restarts = again.containers().get(0).restarts();
            simulator.cluster().restartContainer(again, "main");

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(pods.getStore().list()).hasSize(33);
                assertThat(nodes.getStore().list()).hasSize(3);
                assertThat(ready(nodes.getStore().getByKey(pod.node()))).isEqualTo("True");
                assertThat(pods.getStore()
                                .getByKey(again.namespace() + "/" + again.name())
                                .getStatus()
                                .getContainerStatuses()
                                .get(0)
                                .getRestartCount())
                        .isEqualTo(restarts + 1);
            });
        }
    }

    @Test
    void anInformerRecoversWhenItsVersionIsGone() {
        try (SharedIndexInformer<Pod> pods = client.pods().inAnyNamespace().inform()) {
            assertThat(pods.getStore().list()).hasSize(33);

            simulator.apiServer().expireResourceVersions();
            SimulatedPod again =
                    simulator.cluster().recreatePod(simulator.cluster().pods().get(0));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(uid(pods, again)).isEqualTo(again.uid()));
        }
    }

    @Test
    void aWatchFromAnOldVersionIsToldItIsGone() throws InterruptedException {
        String old = client.pods().inAnyNamespace().list().getMetadata().getResourceVersion();
        simulator.cluster().churn(0.1);
        simulator.apiServer().expireResourceVersions();
        List<WatcherException> closed = new CopyOnWriteArrayList<>();

        try (Watch watch = client.pods()
                .inAnyNamespace()
                .watch(new ListOptionsBuilder().withResourceVersion(old).build(), new Watcher<Pod>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {}

                    @Override
                    public void onClose(WatcherException cause) {
                        closed.add(cause);
                    }
                })) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(closed).hasSize(1));
            assertThat(closed.get(0).isHttpGone()).isTrue();
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void eventsAreWatched() {
        List<String> seen = new CopyOnWriteArrayList<>();
        SimulatedPod pod = simulator.cluster().pods().get(0);
        try (SharedIndexInformer<Event> events =
                client.v1().events().inAnyNamespace().inform()) {
            simulator.cluster().recordEvent(pod, "Warning", "BackOff", "restarting failed container");

            await().atMost(PATIENCE).untilAsserted(() -> {
                seen.clear();
                events.getStore()
                        .list()
                        .forEach(event -> seen.add(event.getReason() + " "
                                + event.getInvolvedObject().getUid()));
                assertThat(seen).containsExactly("BackOff " + pod.uid());
            });
        }
    }

    @Test
    void refusesTokensWithAStatus() {
        simulator.tokens().forbid("poor");
        String authority = simulator.authority().certificatePem();

        assertThat(codeWith(new Kubeconfig(simulator.apiServer().url(), "wrong", authority)))
                .isEqualTo(401);
        assertThat(codeWith(new Kubeconfig(simulator.apiServer().url(), "poor", authority)))
                .isEqualTo(403);
    }

    @Test
    void anotherAuthorityIsNotTrusted() {
        String other = TestAuthority.create("other").certificatePem();

        assertThat(codeWith(new Kubeconfig(simulator.apiServer().url(), simulator.token(), other)))
                .isNotPositive();
    }

    @Test
    void aRefusedNodeNamesAPortNobodyListensOn() {
        String node = simulator.cluster().nodes().get(0).name();

        simulator.cluster().setFault(node, new Fault.Refused());

        assertThat(client.nodes()
                        .withName(node)
                        .get()
                        .getStatus()
                        .getDaemonEndpoints()
                        .getKubeletEndpoint()
                        .getPort())
                .isEqualTo(1);
    }

    private static int codeWith(Kubeconfig kubeconfig) {
        try (KubernetesClient other = client(kubeconfig)) {
            other.nodes().list();
            return 200;
        } catch (KubernetesClientException e) {
            return e.getCode();
        }
    }

    private static KubernetesClient client(Kubeconfig kubeconfig) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig.yaml()))
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(50)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static @Nullable String uid(SharedIndexInformer<Pod> pods, SimulatedPod pod) {
        Pod known = pods.getStore().getByKey(pod.namespace() + "/" + pod.name());
        return known == null ? null : known.getMetadata().getUid();
    }

    private static String ready(Node node) {
        return node.getStatus().getConditions().get(0).getStatus();
    }
}
