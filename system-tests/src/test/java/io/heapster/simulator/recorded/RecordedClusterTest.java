package io.heapster.simulator.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.heapster.simulator.access.KubeletClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecordedClusterTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource
    void aRealClientFindsTheRecordedObjectsAndFollowsThemToTheSecondRound(Recording recording, @TempDir Path directory)
            throws IOException {
        try (RecordedCluster cluster = RecordedCluster.start(recording);
                KubernetesClient client = client(cluster, directory);
                SharedIndexInformer<Pod> pods = client.pods().inAnyNamespace().inform()) {
            Node node = client.nodes().withName(RecordedCluster.NODE).get();

            assertThat(versions(pods)).isEqualTo(versions(recording.listTree("pods", 1)));
            assertThat(node.getStatus().getAddresses().get(0).getAddress()).isEqualTo("127.0.0.1");
            assertThat(node.getStatus()
                            .getDaemonEndpoints()
                            .getKubeletEndpoint()
                            .getPort())
                    .isEqualTo(cluster.kubeletPort());
            assertThat(client.getKubernetesVersion().getGitVersion()).startsWith("v1.");
            assertThat(client.v1().events().inAnyNamespace().list().getItems()).isNotEmpty();

            cluster.useRound(2);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(versions(pods)).isEqualTo(versions(recording.listTree("pods", 2))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKubeletAnswersTheRecordedBytesOfTheRoundToTheRightToken(Recording recording) throws IOException {
        try (RecordedCluster cluster = RecordedCluster.start(recording)) {
            String url = "https://127.0.0.1:" + cluster.kubeletPort() + "/stats/summary";
            KubeletClient kubelet = new KubeletClient(cluster.authority(), RecordedCluster.NODE, cluster.token());

            assertThat(kubelet.get(url).text()).isEqualTo(text(recording.summary(1)));
            cluster.useRound(2);
            assertThat(kubelet.get(url).text()).isEqualTo(text(recording.summary(2)));
            assertThat(cluster.summaries()).isEqualTo(2);

            cluster.tokens().revoke(cluster.token());
            assertThat(kubelet.get(url)).hasToString("401 Unauthorized");
        }
    }

    private static KubernetesClient client(RecordedCluster cluster, Path directory) throws IOException {
        Path kubeconfig = cluster.kubeconfig().write(directory);
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build();
    }

    /** Names, UIDs and statuses; the versions themselves are the serving API server's. */
    private static Set<String> versions(SharedIndexInformer<Pod> pods) {
        Set<String> result = new TreeSet<>();
        for (Pod pod : pods.getStore().list()) {
            result.add(pod.getMetadata().getName() + " " + pod.getMetadata().getUid() + " "
                    + pod.getStatus().getConditions().size() + " "
                    + pod.getStatus().getContainerStatuses().stream()
                            .map(status -> String.valueOf(status.getContainerID()))
                            .toList());
        }
        return result;
    }

    private static Set<String> versions(JsonNode list) {
        Set<String> result = new TreeSet<>();
        for (JsonNode pod : list.path("items")) {
            List<String> containers = new ArrayList<>();
            pod.at("/status/containerStatuses")
                    .forEach(status -> containers.add(status.path("containerID").asText("null")));
            result.add(pod.at("/metadata/name").asText() + " "
                    + pod.at("/metadata/uid").asText() + " "
                    + pod.at("/status/conditions").size() + " " + containers);
        }
        return result;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
