package io.heapster.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedContainer;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.cluster.SimulatedPod;
import io.heapster.simulator.cluster.Truth;
import io.heapster.simulator.kubelet.SummaryDocument;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle, told only documents, finds the rates the simulated cluster was made with. */
final class OracleAgainstTruthTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
    private static final Instant FIRST = Instant.parse("2026-11-21T12:00:03Z");

    @Test
    void findsTheRatesOfEveryPartOfASimulatedCluster() throws IOException {
        SimulatedCluster cluster = new SimulatedCluster(ClusterShape.of(3, 20), Clock.systemUTC());
        Truth truth = cluster.truth();
        List<Oracle.Rounds> rounds = new ArrayList<>();
        for (SimulatedNode node : cluster.nodes()) {
            SummaryDocument document = new SummaryDocument(cluster, node);
            rounds.add(new Oracle.Rounds(
                    MAPPER.readTree(document.answer(FIRST, 1)),
                    MAPPER.readTree(document.answer(FIRST.plusSeconds(30), 2))));
        }

        Map<Figure, BigDecimal> figures = Oracle.figures(rounds, NOTHING, NOTHING);

        for (SimulatedNode node : cluster.nodes()) {
            assertThat(figures.get(Figure.of("node:" + node.name(), "cpu/usage_rate")))
                    .isEqualByComparingTo(BigDecimal.valueOf(truth.cpuUsageRateMillicores(node)));
        }
        for (SimulatedPod pod : cluster.pods()) {
            String key = "namespace:" + pod.namespace() + "/pod:" + pod.name();
            assertThat(figures.get(Figure.of(key, "cpu/usage_rate")))
                    .isEqualByComparingTo(BigDecimal.valueOf(truth.cpuUsageRateMillicores(pod)));
            assertThat(figures.get(Figure.of(key, "network/rx_rate")))
                    .isEqualByComparingTo(BigDecimal.valueOf(pod.traffic().rxBytes()));
            for (SimulatedContainer container : pod.containers()) {
                assertThat(figures.get(Figure.of(key + "/container:" + container.name(), "cpu/usage_rate")))
                        .isEqualByComparingTo(BigDecimal.valueOf(truth.cpuUsageRateMillicores(container)));
            }
        }
        assertThat(figures.get(Figure.of("cluster", "cpu/usage_rate")))
                .isEqualByComparingTo(BigDecimal.valueOf(truth.cpuUsageRateMillicores(cluster.pods())));
    }
}
