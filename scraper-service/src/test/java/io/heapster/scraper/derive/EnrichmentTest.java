package io.heapster.scraper.derive;

import static io.heapster.contract.metric.Metrics.CPU_LIMIT;
import static io.heapster.contract.metric.Metrics.CPU_REQUEST;
import static io.heapster.contract.metric.Metrics.MEMORY_LIMIT;
import static io.heapster.contract.metric.Metrics.MEMORY_REQUEST;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static io.heapster.contract.metric.Metrics.RESTART_COUNT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.OwnLabels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnrichmentTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Derivation derivation = new Derivation(
            new Rates(Duration.ofMinutes(3), meters),
            new Enrichment(new JoinedLabels(",", List.of(), List.of(), 15), meters));

    private static NodeInventory inventory(NodeInventory.Pod... pods) {
        return new NodeInventory(
                true,
                Labels.of("zone", "a", "disk", "ssd"),
                4_000,
                3_900,
                1_000,
                900,
                0,
                0,
                true,
                List.of(pods),
                Map.of("ns1", "ns-uid"));
    }

    private static NodeInventory.Container container(
            String name, long cpuRequest, long cpuLimit, long memoryRequest, long memoryLimit) {
        return new NodeInventory.Container(
                name, "image/" + name, cpuRequest, cpuLimit, memoryRequest, memoryLimit, 0, 0, 3);
    }

    private static NodeInventory.Pod pod(String uid, boolean hostNetwork, NodeInventory.Container... containers) {
        return pod(uid, uid, hostNetwork, containers);
    }

    private static NodeInventory.Pod pod(
            String uid, String kubeletUid, boolean hostNetwork, NodeInventory.Container... containers) {
        return new NodeInventory.Pod(
                uid, kubeletUid, "ns1", "pod1", "10.0.0.7", hostNetwork, Labels.of("app", "web"), List.of(containers));
    }

    private List<Entity> derive(NodeInventory inventory, Entity... entities) {
        return derivation.derive(new NodeKey("c", "node1"), 60_000, new ArrayList<>(List.of(entities)), inventory);
    }

    @Test
    void requestsLimitsAndStubsOfHeapstersCase() {
        JsonNode test = Cases.read("07-pod-enricher.json");
        NodeInventory inventory = inventory(
                pod("uid-1", false, container("c1", 100, 0, 555, 0), container("nginx", 333, 2222, 1000, 3333)));
        JsonNode expected = test.get("expected").elements().next();
        for (JsonNode batch : test.get("input").get("batches")) {
            List<Entity> read = new ArrayList<>();
            for (JsonNode key : batch) {
                read.add(
                        key.asText().endsWith("container:c1")
                                ? Cases.container("ns1", "pod1", "c1")
                                : Cases.pod("ns1", "pod1"));
            }

            List<Entity> entities = derive(inventory, read.toArray(Entity[]::new));

            assertThat(entities)
                    .extracting(Entity::type)
                    .containsExactly(EntityType.POD, EntityType.POD_CONTAINER, EntityType.POD_CONTAINER);
            for (String key : List.of("namespace:ns1/pod:pod1", "namespace:ns1/pod:pod1/container:c1")) {
                Entity entity = Cases.find(entities, key);
                for (Metric metric : List.of(CPU_REQUEST, MEMORY_REQUEST, CPU_LIMIT, MEMORY_LIMIT)) {
                    assertThat(entity.samples().longOr(metric, -1))
                            .as(key + " " + metric)
                            .isEqualTo(expected.get(key).get(metric.name()).longValue());
                }
            }
        }
    }

    @Test
    void aPodOfWhichNothingWasReadIsNotInvented() {
        List<Entity> entities =
                derive(inventory(pod("uid-1", false, container("c1", 1, 1, 1, 1))), Cases.node("node1"));

        assertThat(entities).extracting(Entity::type).containsExactly(EntityType.NODE);
    }

    @Test
    void labelsOfPodContainerAndNode() {
        Entity container = Cases.container("ns1", "pod1", "c1");
        List<Entity> entities = derive(
                inventory(pod("uid-1", true, container("c1", 1, 1, 1, 1))),
                Cases.node("node1"),
                Cases.pod("ns1", "pod1"),
                container);

        assertThat(entities.get(0).labels().toMap())
                .isEqualTo(Map.of("nodename", "node1", "labels", "disk:ssd,zone:a", "schedulable", "true"));
        Map<String, String> podLabels = Map.of(
                "nodename", "node1",
                "namespace_name", "ns1",
                "namespace_id", "ns-uid",
                "pod_name", "pod1",
                "pod_id", "uid-1",
                "pod_ip", "10.0.0.7",
                "labels", "app:web");
        assertThat(entities.get(1).labels().toMap())
                .containsAllEntriesOf(podLabels)
                .containsEntry("host_network", "true");
        assertThat(container.labels().toMap())
                .containsAllEntriesOf(podLabels)
                .containsEntry("container_name", "c1")
                .containsEntry("container_base_image", "image/c1");
        assertThat(container.samples().longOr(RESTART_COUNT, -1)).isEqualTo(3);
    }

    @Test
    void joinedLabelsThatWereCutAreCounted() {
        NodeInventory inventory = inventory(new NodeInventory.Pod(
                "u", "u", "ns1", "pod1", "", false, Labels.of("app", "web", "team", "payments"), List.of()));
        Entity pod = Cases.pod("ns1", "pod1");

        derive(inventory, pod);

        assertThat(pod.label(LabelKey.LABELS)).isEqualTo("app:web");
        assertThat(meters.get("heapster.labels.cut").functionCounter().count()).isEqualTo(1);
    }

    @Test
    void aPodMadeAgainUnderItsNameIsAnotherPod() {
        Entity old = Cases.pod("ns1", "pod1");
        old.relabel(old.labels().with(LabelKey.POD_ID, "11111111-2222-3333-4444-555555555555"));

        derive(inventory(pod("99999999-2222-3333-4444-555555555555", false)), old);

        assertThat(old.label(LabelKey.POD_IP)).isEmpty();
    }

    @Test
    void aStaticPodIsFoundByTheUidOfItsKubeletAndLabelledWithThatOfItsMirror() {
        Entity pod = Cases.pod("ns1", "pod1");
        pod.relabel(pod.labels().with(LabelKey.POD_ID, "0123456789abcdef0123456789abcdef"));
        Entity container = Cases.container("ns1", "pod1", "c1");

        derive(
                inventory(pod(
                        "99999999-2222-3333-4444-555555555555",
                        "0123456789abcdef0123456789abcdef",
                        true,
                        container("c1", 100, 0, 0, 0))),
                pod,
                container);

        assertThat(pod.label(LabelKey.POD_ID)).isEqualTo("99999999-2222-3333-4444-555555555555");
        assertThat(container.label(LabelKey.POD_ID)).isEqualTo("99999999-2222-3333-4444-555555555555");
        assertThat(container.samples().longOr(CPU_REQUEST, -1)).isEqualTo(100);
    }

    @Test
    void aStaticPodWhoseFileWasChangedIsAnotherPodThanTheMirrorOfTheOldOne() {
        Entity pod = Cases.pod("ns1", "pod1");
        pod.relabel(pod.labels().with(LabelKey.POD_ID, "ffffffffffffffffffffffffffffffff"));

        derive(inventory(pod("99999999-2222-3333-4444-555555555555", "0123456789abcdef0123456789abcdef", true)), pod);

        assertThat(pod.label(LabelKey.POD_IP)).isEmpty();
    }

    @Test
    void aPodAndItsContainersCarryTheirWorkload() {
        Entity pod = Cases.pod("ns1", "pod1");
        Entity container = Cases.container("ns1", "pod1", "c1");

        derive(
                inventory(new NodeInventory.Pod(
                        "u",
                        "u",
                        "ns1",
                        "pod1",
                        "",
                        false,
                        new OwnLabels(Labels.EMPTY),
                        new NodeInventory.Workload("Deployment", "web"),
                        List.of(container("c1", 0, 0, 0, 0)),
                        List.of())),
                pod,
                container);

        for (Entity entity : List.of(pod, container)) {
            assertThat(entity.label(LabelKey.WORKLOAD_KIND)).isEqualTo("Deployment");
            assertThat(entity.label(LabelKey.WORKLOAD_NAME)).isEqualTo("web");
        }
        assertThat(container.labels().has(LabelKey.CONTAINER_TYPE)).isFalse();
    }

    @Test
    void initAndEphemeralContainersAreThereWhileTheyRunAndTheirRequestsAreNotThePods() {
        NodeInventory.Pod known = new NodeInventory.Pod(
                "u",
                "u",
                "ns1",
                "pod1",
                "",
                false,
                new OwnLabels(Labels.EMPTY),
                NodeInventory.Workload.NONE,
                List.of(
                        container("app", 100, 0, 0, 0),
                        new NodeInventory.Container(
                                NodeInventory.ContainerType.SIDECAR, "proxy", "proxy:1", 20, 0, 0, 0, 0, 0, 0)),
                List.of(
                        new NodeInventory.Container(
                                NodeInventory.ContainerType.INIT, "prepare", "prepare:1", 1_000, 0, 0, 0, 0, 0, 2),
                        new NodeInventory.Container(
                                NodeInventory.ContainerType.INIT, "finished", "finished:1", 5_000, 0, 0, 0, 0, 0, 0),
                        new NodeInventory.Container(
                                NodeInventory.ContainerType.EPHEMERAL, "debug", "tools:1", 0, 0, 0, 0, 0, 0, 0)));
        Entity prepare = Cases.container("ns1", "pod1", "prepare");
        prepare.samples().add(MEMORY_USAGE, 7);
        Entity debug = Cases.container("ns1", "pod1", "debug");
        Entity proxy = Cases.container("ns1", "pod1", "proxy");

        List<Entity> entities = derive(inventory(known), Cases.pod("ns1", "pod1"), prepare, debug, proxy);

        assertThat(entities)
                .extracting(entity -> entity.label(LabelKey.CONTAINER_NAME))
                .containsExactlyInAnyOrder("", "prepare", "debug", "proxy", "app");
        assertThat(prepare.label(LabelKey.CONTAINER_TYPE)).isEqualTo("init");
        assertThat(prepare.label(LabelKey.CONTAINER_BASE_IMAGE)).isEqualTo("prepare:1");
        assertThat(prepare.samples().longOr(CPU_REQUEST, -1)).isEqualTo(1_000);
        assertThat(prepare.samples().longOr(RESTART_COUNT, -1)).isEqualTo(2);
        assertThat(debug.label(LabelKey.CONTAINER_TYPE)).isEqualTo("ephemeral");
        assertThat(proxy.label(LabelKey.CONTAINER_TYPE)).isEqualTo("sidecar");
        Entity pod = entities.get(0);
        assertThat(pod.samples().longOr(CPU_REQUEST, -1)).isEqualTo(120);
        assertThat(pod.samples().longOr(MEMORY_USAGE, -1)).isEqualTo(7);
    }

    @Test
    void aSentinelIsNoLimit() {
        long sentinel = 9_007_199_254_740_988L * 1_024;
        Entity container = Cases.container("ns1", "pod1", "c1");

        derive(inventory(pod("uid-1", false, container("c1", 1, 1, 1, sentinel))), container);

        assertThat(container.samples().longOr(MEMORY_LIMIT, -1)).isZero();
    }
}
