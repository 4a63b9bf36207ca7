package io.heapster.model.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SummationTest {
    private static final Map<String, Metric> METRICS = Map.of("m1", Metrics.CPU_USAGE_RATE, "m3", Metrics.MEMORY_USAGE);

    private static final List<Metric> COVERAGE = List.of(Metrics.NODES_COVERED, Metrics.NODES_KNOWN);
    private static final String COVERS = "nodes/covered=2, nodes/known=3}";

    private final Summation summation = new Summation(new Coverage(2, 3));

    private static Labels pod(String namespace, String... more) {
        return Labels.of(LabelKey.NAMESPACE_NAME, namespace).with(Labels.of(more));
    }

    private static Samples usage(long cpu) {
        Samples samples = new Samples();
        samples.add(Metrics.CPU_USAGE_RATE, cpu);
        return samples;
    }

    @Test
    void heapstersOwnCase() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(Objects.requireNonNull(
                        getClass().getResourceAsStream("/cases/06-aggregate-ns-node-cluster.json")));
        for (JsonNode pod : document.get("input").get("pods")) {
            Samples row = new Samples();
            METRICS.forEach((name, metric) -> {
                if (pod.has(name)) {
                    row.add(metric, pod.get(name).asLong());
                }
            });
            summation.addPod(pod(pod.get("namespace_name").asText()), row);
        }

        List<Entity> entities = summation.entities();

        assertThat(entities).extracting(Entity::key).containsExactly("cluster", "namespace:ns1");
        for (Entity entity : entities) {
            JsonNode expected = document.get("expected").get(entity.key());
            assertThat(entity.samples().size()).isEqualTo(expected.size() + COVERAGE.size());
            METRICS.forEach((name, metric) -> assertThat(entity.samples().longOr(metric, -1))
                    .isEqualTo(expected.get(name).asLong()));
        }
    }

    @Test
    void theClusterIsThereWithoutAnyPod() {
        assertThat(summation.entities())
                .singleElement()
                .satisfies(cluster -> assertThat(cluster.type()).isEqualTo(EntityType.CLUSTER))
                .satisfies(cluster -> assertThat(cluster.samples()).hasToString("{" + COVERS));
    }

    @Test
    void theClusterIsTheSumOfItsNamespaces() {
        summation.addPod(pod("shop"), usage(10));
        summation.addPod(pod("shop"), usage(20));
        summation.addPod(pod("kitchen", LabelKey.NAMESPACE_ID, "uid"), usage(5));

        assertThat(summation.entities())
                .extracting(entity -> entity.key() + entity.samples() + entity.label(LabelKey.NAMESPACE_ID))
                .containsExactly(
                        "cluster{cpu/usage_rate=35, " + COVERS,
                        "namespace:kitchen{cpu/usage_rate=5, " + COVERS + "uid",
                        "namespace:shop{cpu/usage_rate=30, " + COVERS);
    }

    @Test
    void theNetworkOfAPodOnItsNodesNetworkIsLeftOut() {
        for (String onNodesNetwork : List.of("true", "false")) {
            Samples row = usage(1);
            row.add(Metrics.NETWORK_RX_RATE, 0.1);
            row.add(Metrics.NETWORK_TX_RATE, 0.2);
            summation.addPod(pod("shop", LabelKey.HOST_NETWORK, onNodesNetwork), row);
        }

        assertThat(summation.entities().get(0).samples())
                .hasToString("{cpu/usage_rate=2, network/rx_rate=0.1, network/tx_rate=0.2, " + COVERS);
    }

    @Test
    void doublesAddUpWithoutTraces() {
        for (int i = 0; i < 3; i++) {
            Samples row = new Samples();
            row.add(Metrics.NETWORK_RX_RATE, 0.1);
            summation.addPod(pod("shop"), row);
        }

        assertThat(summation.entities().get(0).samples()).hasToString("{network/rx_rate=0.3, " + COVERS);
    }

    @Test
    void theWholeOfTheNodesStandsBesideTheSumOfThePodsUnderItsOwnName() {
        summation.addPod(pod("shop"), usage(10));
        for (int i = 0; i < 2; i++) {
            Samples node = usage(500);
            node.add(Metrics.MEMORY_USAGE, 4096L);
            node.add(Metrics.MEMORY_WORKING_SET, 1024L);
            node.add(Metrics.NETWORK_RX_RATE, 0.25);
            node.add(Metrics.NETWORK_TX_RATE, 0.5);
            summation.addNode(node);
        }

        assertThat(summation.entities())
                .extracting(entity -> entity.key() + entity.samples())
                .containsExactly(
                        "cluster{cpu/usage_rate=10, cpu/nodes_usage_rate=1000, memory/nodes_usage=8192, "
                                + "memory/nodes_working_set=2048, network/nodes_rx_rate=0.5, network/nodes_tx_rate=1.0, "
                                + COVERS,
                        "namespace:shop{cpu/usage_rate=10, " + COVERS);
    }

    @Test
    void whatIsNoNumberIsInNoSum() {
        for (double rate : List.of(Double.NaN, Double.NEGATIVE_INFINITY, 7.0)) {
            Samples row = new Samples();
            row.add(Metrics.NETWORK_RX_RATE, rate);
            row.add(Metrics.NETWORK_TX_RATE, Double.MAX_VALUE);
            summation.addPod(pod("shop"), row);
            summation.addNode(row);
        }

        assertThat(summation.entities().get(0).samples())
                .hasToString("{network/rx_rate=7.0, network/nodes_rx_rate=7.0, " + COVERS);
    }
}
