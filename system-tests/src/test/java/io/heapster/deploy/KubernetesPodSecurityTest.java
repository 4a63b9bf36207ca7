package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every pod of the manifests meets the Pod Security level restricted, and what we ask of our own beyond it. */
class KubernetesPodSecurityTest {
    @Test
    void everyPodMeetsRestricted() {
        List<JsonNode> workloads = workloads();
        assertThat(workloads).hasSizeGreaterThan(6);
        for (JsonNode workload : workloads) {
            String name = KubernetesManifests.nameOf(workload);
            JsonNode pod = workload.at("/spec/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).as(name).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertThat(pod.path(shared).asBoolean()).as(name).isFalse();
            }
            pod.path("volumes")
                    .forEach(volume ->
                            assertThat(volume.has("hostPath")).as(name).isFalse());
            assertThat(pod.path("containers")).isNotEmpty();
            for (JsonNode container : pod.path("containers")) {
                JsonNode context = container.path("securityContext");
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(name)
                        .isFalse();
                assertThat(KubernetesManifests.texts(context.at("/capabilities/drop")))
                        .as(name)
                        .containsExactly("ALL");
                assertThat(context.at("/capabilities/add")).as(name).isEmpty();
                assertThat(context.path("privileged").asBoolean()).as(name).isFalse();
                container.path("ports").forEach(port -> assertThat(port.has("hostPort"))
                        .as(name)
                        .isFalse());
            }
        }
    }

    @Test
    void onlyKafkasOwnImageWritesToItsRoot() {
        for (JsonNode workload : workloads()) {
            boolean readOnly = workload.at("/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem")
                    .asBoolean();
            assertThat(readOnly)
                    .as(KubernetesManifests.nameOf(workload))
                    .isEqualTo(!KubernetesManifests.nameOf(workload).equals("kafka"));
        }
    }

    @Test
    void noPodTakesVariablesOfServicesForSettings() {
        workloads().forEach(workload -> assertThat(
                        workload.at("/spec/template/spec/enableServiceLinks").asBoolean(true))
                .as(KubernetesManifests.nameOf(workload))
                .isFalse());
    }

    @Test
    void everyContainerAsksForWhatItNeedsAndIsLimitedInMemory() {
        for (JsonNode workload : workloads()) {
            JsonNode resources = workload.at("/spec/template/spec/containers/0/resources");
            assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
            assertThat(resources.at("/requests/memory").asText()).isNotEmpty();
            assertThat(resources.at("/limits/memory").asText()).isNotEmpty();
        }
    }

    @Test
    void everyWorkloadHasANetworkPolicy() {
        for (JsonNode workload : workloads()) {
            String name = KubernetesManifests.nameOf(workload);
            assertThat(KubernetesManifests.objects("NetworkPolicy")).as(name).anySatisfy(policy -> assertThat(
                            KubernetesManifests.nameOf(policy))
                    .isEqualTo(name));
        }
    }

    private static List<JsonNode> workloads() {
        List<JsonNode> workloads = new ArrayList<>();
        for (String kind : List.of("Deployment", "StatefulSet", "Job")) {
            workloads.addAll(KubernetesManifests.objects(kind));
        }
        return workloads;
    }
}
