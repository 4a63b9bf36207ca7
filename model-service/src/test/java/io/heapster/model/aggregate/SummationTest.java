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

    private final Summation summation = new Summation();

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
            summation.add(pod(pod.get("namespace_name").asText()), row);
        }

        List<Entity> entities = summation.entities();

        assertThat(entities).extracting(Entity::key).containsExactly("cluster", "namespace:ns1");
        for (Entity entity : entities) {
            JsonNode expected = document.get("expected").get(entity.key());
            assertThat(entity.samples().size()).isEqualTo(expected.size());
            METRICS.forEach((name, metric) -> assertThat(entity.samples().longOr(metric, -1))
                    .isEqualTo(expected.get(name).asLong()));
        }
    }

    @Test
    void theClusterIsThereWithoutAnyPod() {
        assertThat(summation.entities())
                .singleElement()
                .satisfies(cluster -> assertThat(cluster.type()).isEqualTo(EntityType.CLUSTER))
                .satisfies(cluster -> assertThat(cluster.samples().isEmpty()).isTrue());
    }

    @Test
    void theClusterIsTheSumOfItsNamespaces() {
        summation.add(pod("shop"), usage(10));
        summation.add(pod("shop"), usage(20));
        summation.add(pod("kitchen", LabelKey.NAMESPACE_ID, "uid"), usage(5));

        assertThat(summation.entities())
                .extracting(entity -> entity.key() + entity.samples() + entity.label(LabelKey.NAMESPACE_ID))
                .containsExactly(
                        "cluster{cpu/usage_rate=35}",
                        "namespace:kitchen{cpu/usage_rate=5}uid",
                        "namespace:shop{cpu/usage_rate=30}");
    }

    @Test
    void theNetworkOfAPodOnItsNodesNetworkIsLeftOut() {
        for (String onNodesNetwork : List.of("true", "false")) {
            Samples row = usage(1);
            row.add(Metrics.NETWORK_RX_RATE, 0.1);
            row.add(Metrics.NETWORK_TX_RATE, 0.2);
            summation.add(pod("shop", LabelKey.HOST_NETWORK, onNodesNetwork), row);
        }

        assertThat(summation.entities().get(0).samples())
                .hasToString("{cpu/usage_rate=2, network/rx_rate=0.1, network/tx_rate=0.2}");
    }

    @Test
    void doublesAddUpWithoutTraces() {
        for (int i = 0; i < 3; i++) {
            Samples row = new Samples();
            row.add(Metrics.NETWORK_RX_RATE, 0.1);
            summation.add(pod("shop"), row);
        }

        assertThat(summation.entities().get(0).samples()).hasToString("{network/rx_rate=0.3}");
    }
}
