package io.heapster.scraper.source.kubernetes.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.NodeInventory.ContainerType;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionTest {
    private static <T> T recorded(String name, Class<T> type) throws Exception {
        try (InputStream in = ReductionTest.class.getResourceAsStream("/kubernetes/" + name)) {
            return Serialization.unmarshal(Objects.requireNonNull(in, name), type);
        }
    }

    private static NodeInventory.Pod pod(PodList pods, String namePrefix) {
        Pod found = pods.getItems().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(namePrefix))
                .findFirst()
                .orElseThrow();
        return Reduction.pod(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.20.2", "v1.36.2"})
    void takesARecordedNode(String version) throws Exception {
        Node node = recorded(version + "/nodes.json", NodeList.class).getItems().get(0);

        KnownNode known = Reduction.node(node, "");

        assertThat(known.address()).isEqualTo("10.99.0.10");
        assertThat(known.kubeletPort()).isEqualTo(10250);
        assertThat(known.ready()).isTrue();
        assertThat(known.schedulable()).isTrue();
        assertThat(known.identity()).isEqualTo(Labels.of("nodename", "node-1", "hostname", "node-1"));
        assertThat(known.labels().get("zone")).isEqualTo("lab-a");
        assertThat(known.cpuCapacityMillis()).isEqualTo(2000);
        assertThat(known.memoryCapacity())
                .isEqualTo(
                        Quantity.getAmountInBytes(node.getStatus().getCapacity().get("memory"))
                                .longValueExact());
        assertThat(known.ephemeralStorageAllocatable()).isPositive();
        assertThat(known.incarnation()).startsWith(version + " ");
        assertThat(known.resourceMetricsPath()).isEmpty();
    }

    @Test
    void whatPodsOfOneWorkloadHaveInCommonIsKeptOnce() throws Exception {
        NodeInventory.Pod one = pod(recorded("v1.36.2/pods.json", PodList.class), "web-");
        Pod replica = recorded("v1.36.2/pods.json", PodList.class).getItems().stream()
                .filter(pod -> pod.getMetadata().getName().equals(one.name()))
                .findFirst()
                .orElseThrow();
        replica.getMetadata().setName("web-another");
        replica.getMetadata().setUid("another");

        NodeInventory.Pod another = Reduction.pod(replica);

        assertThat(another.name()).isNotEqualTo(one.name());
        assertThat(another.containers()).isSameAs(one.containers());
        assertThat(another.labels()).isSameAs(one.labels());
        assertThat(another.workload()).isSameAs(one.workload());
        replica.getSpec().getContainers().get(0).setImage("other");
        assertThat(Reduction.pod(replica).containers()).isNotEqualTo(one.containers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.20.2", "v1.36.2"})
    void takesRecordedPods(String version) throws Exception {
        PodList pods = recorded(version + "/pods.json", PodList.class);

        NodeInventory.Pod web = pod(pods, "web-");
        assertThat(web.namespace()).isEqualTo("shop");
        assertThat(web.labels().labels().get("app")).isEqualTo("web");
        assertThat(web.containers()).hasSize(2);
        NodeInventory.Container httpd = web.containers().stream()
                .filter(container -> container.name().equals("httpd"))
                .findFirst()
                .orElseThrow();
        assertThat(httpd.cpuLimitMillis()).isEqualTo(200);
        assertThat(httpd.memoryLimit()).isEqualTo(64L << 20);
        NodeInventory.Pod caller = pod(pods, "caller");
        assertThat(caller.containers())
                .as("without the finished init container")
                .extracting(NodeInventory.Container::name)
                .doesNotContain("prepare");
        assertThat(pod(pods, "hostnet").hostNetwork()).isTrue();
        assertThat(pod(pods, "crasher").containers().get(0).restartCount()).isPositive();
        assertThat(pod(pods, "once").containers()).isNotEmpty();
    }

    @Test
    void aSidecarCountsAndAFinishedInitContainerDoesNot() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace("n")
                .withUid("u")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewInitContainer()
                .withName("prepare")
                .endInitContainer()
                .addNewInitContainer()
                .withName("proxy")
                .withImage("proxy:1")
                .withRestartPolicy("Always")
                .withNewResources()
                .addToRequests("cpu", new Quantity("1.5"))
                .addToLimits("memory", new Quantity("1Gi"))
                .addToLimits("ephemeral-storage", new Quantity("2G"))
                .endResources()
                .endInitContainer()
                .addNewContainer()
                .withName("app")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .addNewInitContainerStatus()
                .withName("proxy")
                .withRestartCount(3)
                .endInitContainerStatus()
                .endStatus()
                .build();

        assertThat(Reduction.pod(pod).containers())
                .containsExactly(
                        new NodeInventory.Container("app", "", 0, 0, 0, 0, 0, 0, 0),
                        new NodeInventory.Container(
                                ContainerType.SIDECAR, "proxy", "proxy:1", 1500, 0, 0, 1L << 30, 0, 2_000_000_000, 3));
        assertThat(Reduction.pod(pod).passing())
                .containsExactly(new NodeInventory.Container(ContainerType.INIT, "prepare", "", 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void anEphemeralContainerComesAndGoes() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewEphemeralContainer()
                .withName("debug")
                .withImage("tools:1")
                .endEphemeralContainer()
                .endSpec()
                .build();

        assertThat(Reduction.pod(pod).containers()).isEmpty();
        assertThat(Reduction.pod(pod).passing())
                .containsExactly(
                        new NodeInventory.Container(ContainerType.EPHEMERAL, "debug", "tools:1", 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void duringAResizeWhatIsInForceCountsAndNotWhatIsWanted() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withNewResources()
                .addToRequests("cpu", new Quantity("2"))
                .addToLimits("memory", new Quantity("2Gi"))
                .addToLimits("ephemeral-storage", new Quantity("5"))
                .endResources()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("app")
                .withNewResources()
                .addToRequests("cpu", new Quantity("500m"))
                .addToLimits("memory", new Quantity("1Gi"))
                .endResources()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(Reduction.pod(pod).containers())
                .containsExactly(new NodeInventory.Container("app", "", 500, 0, 0, 1L << 30, 0, 5, 0));
    }

    @Test
    void aRecordedPodsStatusSaysWhatItsSpecSays() throws Exception {
        PodList pods = recorded("v1.36.2/pods.json", PodList.class);

        assertThat(pod(pods, "memhog").containers().get(0))
                .returns(250L, NodeInventory.Container::cpuRequestMillis)
                .returns(96L << 20, NodeInventory.Container::memoryLimit);
        assertThat(pod(pods, "hostnet").containers().get(0).memoryLimit())
                .as("the pod's status has a sentinel, the container's has none")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "ReplicaSet, web-5c56df7449, 5c56df7449, Deployment, web",
        "ReplicaSet, web-5c56df7449, other, ReplicaSet, web-5c56df7449",
        "ReplicaSet, -5c56df7449, 5c56df7449, ReplicaSet, -5c56df7449",
        "StatefulSet, db, '', StatefulSet, db",
        "Job, backup-29921310, '', CronJob, backup",
        "Job, backup-29921250, '', CronJob, backup",
        "Job, backup-1795278600, '', CronJob, backup",
        "Job, import-20261121, '', Job, import-20261121",
        "Job, import-29921400, '', Job, import-29921400",
        "Job, once, '', Job, once",
    })
    void aPodsWorkloadIsItsControllerOrWhatThatOnesNameTells(
            String kind, String name, String hash, String workloadKind, String workload) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withCreationTimestamp("2026-11-21T16:30:05Z")
                .addToLabels("pod-template-hash", hash)
                .addNewOwnerReference()
                .withKind("Other")
                .withName("no controller")
                .endOwnerReference()
                .addNewOwnerReference()
                .withKind(kind)
                .withName(name)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThat(Reduction.pod(pod).workload()).isEqualTo(new NodeInventory.Workload(workloadKind, workload));
    }

    @Test
    void recordedPodsHaveTheirWorkloads() throws Exception {
        PodList pods = recorded("v1.36.2/pods.json", PodList.class);

        assertThat(pod(pods, "web-").workload()).isEqualTo(new NodeInventory.Workload("Deployment", "web"));
        assertThat(pod(pods, "once").workload()).isEqualTo(new NodeInventory.Workload("Job", "once"));
        assertThat(pod(pods, "caller").workload()).isEqualTo(NodeInventory.Workload.NONE);
    }

    @Test
    void aMirrorTellsTheUidItsKubeletHasForTheStaticPod() {
        Pod plain = new PodBuilder()
                .withNewMetadata()
                .withName("etcd-node-1")
                .withUid("99999999-2222-3333-4444-555555555555")
                .endMetadata()
                .build();
        Pod mirror = new PodBuilder(plain)
                .editMetadata()
                .addToAnnotations("kubernetes.io/config.hash", "0123456789abcdef0123456789abcdef")
                .addToAnnotations("kubernetes.io/config.mirror", "0123456789abcdef0123456789abcdef")
                .endMetadata()
                .build();

        assertThat(Reduction.pod(mirror).uid()).isEqualTo("99999999-2222-3333-4444-555555555555");
        assertThat(Reduction.pod(mirror).kubeletUid()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(Reduction.pod(plain).kubeletUid()).isEqualTo("99999999-2222-3333-4444-555555555555");
    }

    @Test
    void anObjectWithNothingButANameIsEnough() {
        Node node =
                new NodeBuilder().withNewMetadata().withName("n").endMetadata().build();
        Pod pod = new PodBuilder().withNewMetadata().withName("p").endMetadata().build();

        assertThat(Reduction.node(node, "a").address()).isNull();
        assertThat(Reduction.node(node, "a").ready()).isTrue();
        assertThat(Reduction.nodeOf(pod)).isEmpty();
        assertThat(Reduction.pod(pod).containers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"True,true", "False,false", "Unknown,false"})
    void aNodeIsReadyWhenItsConditionIsTrue(String status, boolean ready) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName("n")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("DiskPressure")
                .withStatus("False")
                .endCondition()
                .addNewCondition()
                .withType("Ready")
                .withStatus(status)
                .endCondition()
                .endStatus()
                .build();

        assertThat(Reduction.node(node, "").ready()).isEqualTo(ready);
    }

    @Test
    void hostIdIsTheExternalIdElseTheAnnotation() {
        Node annotated = new NodeBuilder()
                .withNewMetadata()
                .withName("n")
                .addToAnnotations("host-id", "from-annotation")
                .endMetadata()
                .build();
        Node external = new NodeBuilder(annotated)
                .withNewSpec()
                .withExternalID("external")
                .withUnschedulable(true)
                .endSpec()
                .build();

        assertThat(Reduction.node(annotated, "host-id").identity().get("host_id"))
                .isEqualTo("from-annotation");
        assertThat(Reduction.node(annotated, "").identity().get("host_id")).isEmpty();
        assertThat(Reduction.node(external, "host-id").identity().get("host_id"))
                .isEqualTo("external");
        assertThat(Reduction.node(external, "").schedulable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "250m, 250, 1",
        "2, 2000, 2",
        "0.0001, 1, 1",
        "1Ki, 1024000, 1024",
        "1e3, 1000000, 1000",
        "9007199254740988Ki, 9223372036854775807, 9223372036854771712",
        "nonsense, 0, 0",
        "-1, 0, 0"
    })
    void quantitiesAreRoundedUpAndBounded(String text, long millis, long units) {
        Map<String, Quantity> amounts = Map.of("x", quantity(text));

        assertThat(Amounts.millis(amounts, "x")).isEqualTo(millis);
        assertThat(Amounts.units(amounts, "x")).isEqualTo(units);
        assertThat(Amounts.units(amounts, "y")).isZero();
        assertThat(Amounts.units(null, "y")).isZero();
    }

    private static Quantity quantity(String text) {
        try {
            return new Quantity(text);
        } catch (IllegalArgumentException e) {
            Quantity raw = new Quantity();
            raw.setAmount(text);
            return raw;
        }
    }
}
