package io.heapster.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.simulator.recorded.Recording;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Figures of the recording of 1.36.2, worked out by hand from the two rounds. */
final class OracleTest {
    private static final Recording RECORDING = Recording.V1_36_2;
    private static final String CALLER = "namespace:shop/pod:caller";
    private static final String HOG = "namespace:batch/pod:memhog";
    private static final String WEB_1 = "namespace:shop/pod:web-5c56df7449-5c9g5";
    private static final String WEB_2 = "namespace:shop/pod:web-5c56df7449-txjtm";
    private static final String HOST_NETWORK = "namespace:kube-system/pod:hostnet";
    private static final String NODE = "node:node-1";

    private final JsonNode first = RECORDING.summaryTree(1);
    private final JsonNode second = RECORDING.summaryTree(2);
    private final JsonNode pods = RECORDING.listTree("pods", 2);
    private final JsonNode nodes = RECORDING.listTree("nodes", 2);

    @Test
    void aContainersProcessorRateIsTruncatedToMillicores() {
        // (2,751,558,502 - 2,336,890,566) ns in 10 s = 41.47 millicores
        assertThat(value(CALLER + "/container:caller", "cpu/usage_rate")).isEqualByComparingTo("41");
        // (10,617,825,307 - 8,705,460,066) ns in 12 s = 159.36 millicores
        assertThat(value(HOG + "/container:hog", "cpu/usage_rate")).isEqualByComparingTo("159");
    }

    @Test
    void aPodHasTheFiguresOfItsOwnBlockNotTheSumOfItsContainers() {
        // (2,785,033,125 - 2,143,914,266) ns in 16 s = 40.07 millicores
        assertThat(value(CALLER, "cpu/usage_rate")).isEqualByComparingTo("40");
        assertThat(value(CALLER, "memory/usage")).isEqualByComparingTo("13856768");
        assertThat(value(CALLER, "memory/working_set")).isEqualByComparingTo("1273856");
    }

    @Test
    void networkRatesUseTheNetworksOwnTime() {
        // (3,290 - 2,870) bytes in 18 s
        assertThat(value(CALLER, "network/rx_rate")).isEqualTo(new BigDecimal("23.333"));
        // (752 - 682) bytes in 18 s
        assertThat(value(CALLER, "network/tx_rate")).isEqualTo(new BigDecimal("3.889"));
        // (17,900 - 15,014) bytes in 15 s, (19,622 - 12,184) bytes in 33 s
        assertThat(value(WEB_1, "network/rx_rate")).isEqualTo(new BigDecimal("192.400"));
        assertThat(value(WEB_2, "network/rx_rate")).isEqualTo(new BigDecimal("225.394"));
    }

    @Test
    void aSampleThatIsRepeatedHasNoRate() {
        // Both rounds carry the host network pod's network of 08:43:05.
        assertThat(value(HOST_NETWORK, "network/rx")).isEqualByComparingTo("90394");
        assertThat(value(HOST_NETWORK, "network/rx_rate")).isNull();
        // Its processor was measured again: (145,743,266 - 103,455,647) ns in 32 s = 1.32 millicores
        assertThat(value(HOST_NETWORK, "cpu/usage_rate")).isEqualByComparingTo("1");
    }

    @Test
    void requestsAndLimitsComeFromTheSpecAndAbsentOnesAreZero() {
        String httpd = WEB_1 + "/container:httpd";
        String logger = WEB_1 + "/container:logger";

        assertThat(value(httpd, "cpu/request")).isEqualByComparingTo("50");
        assertThat(value(httpd, "memory/limit")).isEqualByComparingTo("67108864");
        assertThat(value(logger, "cpu/limit")).isEqualByComparingTo("0");
        assertThat(value(WEB_1, "cpu/request")).isEqualByComparingTo("60");
        // 32 Mi + 8 Mi
        assertThat(value(WEB_1, "memory/request")).isEqualByComparingTo("41943040");
        assertThat(value(WEB_1, "ephemeral_storage/limit")).isEqualByComparingTo("0");
    }

    @Test
    void finishedPendingAndCrashedPodsOutsideTheSummaryAreNotInvented() {
        Set<String> entities = new TreeSet<>();
        figures().keySet().forEach(figure -> entities.add(figure.entity()));

        assertThat(entities)
                .contains(CALLER, HOG, WEB_1, WEB_2, HOST_NETWORK, NODE, "cluster", "namespace:shop")
                .contains(NODE + "/container:docker-daemon", NODE + "/container:kubelet", NODE + "/container:pods")
                .noneMatch(entity -> entity.contains("once")
                        || entity.contains("unschedulable")
                        || entity.contains("crasher")
                        || entity.contains("oomer")
                        || entity.contains("/container:prepare"));
    }

    @Test
    void aNamespaceIsTheSumOfItsPods() {
        // caller 40, web (661,364,442 - 536,369,122) / 14 s = 8.93, (666,346,195 - 568,969,779) / 11 s = 8.85
        assertThat(value("namespace:shop", "cpu/usage_rate")).isEqualByComparingTo("56");
        assertThat(value("namespace:shop", "memory/usage")).isEqualByComparingTo("16306176");
        assertThat(value("namespace:shop", "network/rx_rate")).isEqualByComparingTo("441.127");
        // 20 + 60 + 60
        assertThat(value("namespace:shop", "cpu/request")).isEqualByComparingTo("140");
        assertThat(value("namespace:kube-system", "network/rx_rate")).isNull();
    }

    @Test
    void theClusterIsTheSumOfItsNamespaces() {
        // shop 56, kube-system 1, batch (13,353,224,775 - 7,821,921,636) ns in 33 s = 167.6
        assertThat(value("cluster", "cpu/usage_rate")).isEqualByComparingTo("224");
        // 140 + 5 + 250
        assertThat(value("cluster", "cpu/request")).isEqualByComparingTo("395");
        assertThat(value("cluster", "network/rx")).isNull();
    }

    @Test
    void theWholeOfTheNodesIsMoreThanTheirPods() {
        assertThat(value("cluster", "cpu/nodes_usage_rate")).isEqualByComparingTo("2006");
        assertThat(value("cluster", "memory/nodes_usage")).isEqualByComparingTo("17054265344");
        assertThat(value("cluster", "network/nodes_rx_rate")).isEqualTo(new BigDecimal("11875.400"));
        for (String sum : List.of("cluster", "namespace:shop", "namespace:kube-system", "namespace:batch")) {
            assertThat(value(sum, "nodes/covered")).isEqualByComparingTo("1");
            assertThat(value(sum, "nodes/known")).isEqualByComparingTo("1");
        }
    }

    @Test
    void theNodesSharesAreOfItsAllocatable() {
        // (5,951,119,809,142 - 5,931,049,895,920) ns in 10 s = 2,006.99 millicores of 2,000
        assertThat(value(NODE, "cpu/usage_rate")).isEqualByComparingTo("2006");
        assertThat(value(NODE, "cpu/node_capacity")).isEqualByComparingTo("2000");
        assertThat(value(NODE, "cpu/node_utilization")).isEqualTo(new BigDecimal("1.003000"));
        // 395 millicores of 2,000
        assertThat(value(NODE, "cpu/node_reservation")).isEqualTo(new BigDecimal("0.197500"));
        // 24,581,692 Ki; 17,054,265,344 / 25,171,652,608
        assertThat(value(NODE, "memory/node_allocatable")).isEqualByComparingTo("25171652608");
        assertThat(value(NODE, "memory/node_utilization")).isEqualTo(new BigDecimal("0.677519"));
        // (209,148 - 90,394) bytes in 10 s
        assertThat(value(NODE, "network/rx_rate")).isEqualTo(new BigDecimal("11875.400"));
    }

    @Test
    void fileSystemsAreToldApart() {
        Map<Figure, BigDecimal> figures = figures();
        String httpd = WEB_1 + "/container:httpd";

        assertThat(figures.get(Figure.of(httpd, "filesystem/usage", "/"))).isEqualByComparingTo("36864");
        assertThat(figures.get(Figure.of(httpd, "filesystem/usage", "logs"))).isEqualByComparingTo("4096");
        assertThat(value(httpd, "ephemeral_storage/usage")).isEqualByComparingTo("40960");
        assertThat(figures.get(Figure.of(NODE, "filesystem/limit", "/"))).isEqualByComparingTo("270553174016");
        assertThat(figures.keySet())
                .anyMatch(figure -> figure.entity().equals(HOG)
                        && figure.labels().getOrDefault("resource_id", "").startsWith("Volume:"));
    }

    @Test
    void aContainerMissingInTheSummaryShowsItsRequestsOnly() {
        JsonNode crashed = second.deepCopy();
        for (JsonNode pod : crashed.path("pods")) {
            if (pod.at("/podRef/name").asText().equals("caller")) {
                ((ObjectNode) pod).putArray("containers");
            }
        }
        Map<Figure, BigDecimal> figures = Oracle.figures(List.of(new Oracle.Rounds(first, crashed)), pods, nodes);
        String container = CALLER + "/container:caller";

        assertThat(figures.get(Figure.of(container, "memory/limit"))).isEqualByComparingTo("134217728");
        assertThat(figures.get(Figure.of(container, "cpu/usage"))).isNull();
        assertThat(figures.get(Figure.of(CALLER, "cpu/request"))).isEqualByComparingTo("20");
    }

    @Test
    void withoutPodBlocksAPodIsTheSumOfItsContainers() {
        for (JsonNode summary : List.of(first, second)) {
            for (JsonNode pod : summary.path("pods")) {
                ((ObjectNode) pod).remove(List.of("cpu", "memory"));
            }
        }
        BigDecimal httpd = present(WEB_1 + "/container:httpd", "memory/usage");
        BigDecimal logger = present(WEB_1 + "/container:logger", "memory/usage");

        assertThat(value(WEB_1, "memory/usage")).isEqualByComparingTo(httpd.add(logger));
        assertThat(value(WEB_1, "cpu/usage")).isNull();
        assertThat(value(CALLER, "cpu/usage_rate")).isEqualByComparingTo("41");
    }

    @Test
    void aRestartAFallAndAFirstSampleHaveNoRate() {
        JsonNode restarted = second.deepCopy();
        for (JsonNode pod : restarted.path("pods")) {
            for (JsonNode container : pod.path("containers")) {
                if (container.path("name").asText().equals("hog")) {
                    ((ObjectNode) container).put("startTime", "2026-11-21T08:43:00Z");
                }
                if (container.path("name").asText().equals("caller")) {
                    ((ObjectNode) container.path("cpu")).put("usageCoreNanoSeconds", 5);
                }
            }
        }
        Map<Figure, BigDecimal> figures = Oracle.figures(List.of(new Oracle.Rounds(first, restarted)), pods, nodes);

        assertThat(figures.get(Figure.of(HOG + "/container:hog", "cpu/usage_rate")))
                .isNull();
        assertThat(figures.get(Figure.of(CALLER + "/container:caller", "cpu/usage_rate")))
                .isNull();
        assertThat(Oracle.figures(List.of(new Oracle.Rounds(null, second)), pods, nodes)
                        .keySet())
                .noneMatch(figure -> figure.metric().endsWith("_rate"));
    }

    @Test
    void everyMetricIsInTheCatalogue() {
        for (Figure figure : figures().keySet()) {
            assertThat(MetricCatalogue.byName(figure.metric()))
                    .as(figure.metric())
                    .isNotNull();
        }
    }

    private Map<Figure, BigDecimal> figures() {
        return Oracle.figures(List.of(new Oracle.Rounds(first, second)), pods, nodes);
    }

    private BigDecimal present(String entity, String metric) {
        BigDecimal value = value(entity, metric);
        assertThat(value).isNotNull();
        return value == null ? BigDecimal.ZERO : value;
    }

    private @Nullable BigDecimal value(String entity, String metric) {
        return figures().get(Figure.of(entity, metric));
    }
}
