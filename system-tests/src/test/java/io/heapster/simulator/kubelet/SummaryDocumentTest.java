package io.heapster.simulator.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedContainer;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.cluster.SimulatedPod;
import io.heapster.simulator.cluster.Truth;
import io.heapster.simulator.recorded.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SummaryDocumentTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant ASKED = Instant.parse("2026-11-21T12:00:07.250Z");

    private final SimulatedCluster cluster =
            new SimulatedCluster(ClusterShape.of(2, 30).withDaemonPods(1).withContainers(3, 2), Clock.systemUTC());
    private final SimulatedNode node = cluster.nodes().get(1);
    private final Truth truth = cluster.truth();
    private final SummaryDocument document = new SummaryDocument(cluster, node);

    @Test
    void saysTheTruthOfEveryContainerAtItsSampleTime() throws IOException {
        JsonNode summary = MAPPER.readTree(document.answer(ASKED, 3));

        assertThat(summary.path("pods")).hasSize(31);
        int containers = 0;
        for (SimulatedPod pod : cluster.pods(node.name())) {
            JsonNode podJson = pod(summary, pod);
            for (SimulatedContainer container : pod.containers()) {
                JsonNode json = named(podJson.path("containers"), container.name());
                Instant at = truth.sampleTime(container, ASKED);
                assertThat(json.at("/startTime").asText())
                        .isEqualTo(container.startedAt().toString());
                assertThat(json.at("/cpu/time").asText()).isEqualTo(at.toString());
                assertThat(json.at("/cpu/usageCoreNanoSeconds").asLong()).isEqualTo(truth.cpuUsageNanos(container, at));
                assertThat(json.at("/memory/usageBytes").asLong()).isEqualTo(truth.memoryUsageBytes(container, at));
                assertThat(json.at("/memory/workingSetBytes").asLong())
                        .isEqualTo(truth.memoryWorkingSetBytes(container, at));
                assertThat(json.at("/memory/rssBytes").asLong()).isEqualTo(truth.memoryRssBytes(container, at));
                assertThat(json.at("/memory/pageFaults").asLong()).isEqualTo(truth.pageFaults(container, at));
                assertThat(json.at("/memory/majorPageFaults").asLong()).isEqualTo(truth.majorPageFaults(container, at));
                assertThat(json.at("/rootfs/usedBytes").asLong()).isEqualTo(truth.rootfsUsedBytes(container, at));
                assertThat(json.at("/logs/usedBytes").asLong()).isEqualTo(truth.logsUsedBytes(container, at));
                assertThat(json.at("/swap/swapUsageBytes").asLong()).isEqualTo(truth.swapUsageBytes(container));
                containers++;
            }
        }
        assertThat(containers).isGreaterThan(40);
    }

    @Test
    void saysTheTruthOfEveryPodAndOfTheNode() throws IOException {
        JsonNode summary = MAPPER.readTree(document.answer(ASKED, 0));

        for (SimulatedPod pod : cluster.pods(node.name())) {
            JsonNode json = pod(summary, pod);
            Instant at = truth.sampleTime(pod, ASKED);
            Instant networkAt = truth.networkSampleTime(pod, ASKED);
            assertThat(json.at("/cpu/usageCoreNanoSeconds").asLong()).isEqualTo(truth.cpuUsageNanos(pod, at));
            assertThat(json.at("/memory/usageBytes").asLong()).isEqualTo(truth.memoryUsageBytes(pod, at));
            assertThat(json.at("/network/time").asText()).isEqualTo(networkAt.toString());
            assertThat(json.at("/network/rxBytes").asLong()).isEqualTo(truth.networkRxBytes(pod, node, networkAt));
            assertThat(json.at("/network/txErrors").asLong()).isEqualTo(truth.networkTxErrors(pod, node, networkAt));
            assertThat(json.at("/volume/0/usedBytes").asLong()).isEqualTo(truth.volumeUsedBytes(pod, at));
            assertThat(json.at("/ephemeral-storage/usedBytes").asLong())
                    .isEqualTo(truth.ephemeralStorageUsedBytes(pod, at));
        }
        Instant at = truth.sampleTime(node, ASKED);
        JsonNode json = summary.path("node");
        assertThat(json.at("/nodeName").asText()).isEqualTo(node.name());
        assertThat(json.at("/cpu/usageCoreNanoSeconds").asLong()).isEqualTo(truth.cpuUsageNanos(node, at));
        assertThat(json.at("/memory/workingSetBytes").asLong()).isEqualTo(truth.memoryWorkingSetBytes(node, at));
        assertThat(json.at("/network/txBytes").asLong()).isEqualTo(truth.networkTxBytes(node, at));
        assertThat(json.at("/fs/usedBytes").asLong()).isEqualTo(truth.diskUsedBytes(node, at));
    }

    @Test
    void hasExactlyTheFieldsOfARealDocument() throws IOException {
        JsonNode real = Recording.V1_36_2.summaryTree(1);
        JsonNode simulated = MAPPER.readTree(document.answer(ASKED, 0));

        assertThat(fields(simulated)).isEqualTo(fields(real));
    }

    @Test
    void isIndentedLikeARealDocument() {
        String real = new String(Recording.V1_36_2.summary(1), StandardCharsets.UTF_8);
        String simulated = new String(document.answer(ASKED, 0), StandardCharsets.UTF_8);

        assertThat(simulated.lines().map(SummaryDocumentTest::beforeValue).distinct())
                .containsExactlyInAnyOrderElementsOf(real.lines()
                        .map(SummaryDocumentTest::beforeValue)
                        .distinct()
                        .toList());
    }

    @Test
    void comesInAnotherOrderEveryTime() throws IOException {
        String first = firstPod(document.answer(ASKED, 0));
        String second = firstPod(document.answer(ASKED, 1));

        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void repeatsASampleThatHasNotAdvanced() throws IOException {
        SimulatedContainer container =
                cluster.pods(node.name()).get(0).containers().get(0);
        Instant sample = truth.sampleTime(container, ASKED);

        assertThat(truth.sampleTime(container, sample.plusSeconds(14))).isEqualTo(sample);
        assertThat(truth.sampleTime(container, sample.plusSeconds(15))).isEqualTo(sample.plusSeconds(15));
    }

    @Test
    void showsThePodsOfTheMoment() throws IOException {
        SimulatedPod before = cluster.pods(node.name()).get(0);
        SimulatedPod after = cluster.recreatePod(before);

        JsonNode summary = MAPPER.readTree(document.answer(Instant.now(), 0));

        assertThat(pod(summary, after).at("/cpu/usageNanoCores").isNumber()).isTrue();
        assertThat(summary.path("pods"))
                .hasSize(31)
                .noneMatch(json -> json.at("/podRef/uid").asText().equals(before.uid()));
    }

    private static String firstPod(byte[] summary) throws IOException {
        return MAPPER.readTree(summary).at("/pods/0/podRef/name").asText();
    }

    private static JsonNode pod(JsonNode summary, SimulatedPod pod) {
        for (JsonNode json : summary.path("pods")) {
            if (json.at("/podRef/uid").asText().equals(pod.uid())) {
                return json;
            }
        }
        throw new AssertionError("no " + pod.name());
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode json : list) {
            if (json.path("name").asText().equals(name)) {
                return json;
            }
        }
        throw new AssertionError("no " + name);
    }

    private static String beforeValue(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line.replace(",", "") : line.substring(0, colon);
    }

    private static Set<String> fields(JsonNode json) {
        Set<String> result = new TreeSet<>();
        collect(json, "", result);
        return result;
    }

    private static void collect(JsonNode json, String path, Set<String> into) {
        if (json.isObject()) {
            json.properties().forEach(field -> collect(field.getValue(), path + "/" + field.getKey(), into));
        } else if (json.isArray()) {
            json.forEach(one -> collect(one, path + "[]", into));
        } else {
            into.add(path + " " + json.getNodeType());
        }
    }
}
