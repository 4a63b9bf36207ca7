package io.heapster.scraper.derive;

import static io.heapster.contract.metric.Metrics.CPU_NODE_RESERVATION;
import static io.heapster.contract.metric.Metrics.CPU_NODE_UTILIZATION;
import static io.heapster.contract.metric.Metrics.CPU_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.CPU_REQUEST;
import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.CPU_USAGE_RATE;
import static io.heapster.contract.metric.Metrics.MEMORY_LIMIT;
import static io.heapster.contract.metric.Metrics.MEMORY_NODE_CAPACITY;
import static io.heapster.contract.metric.Metrics.MEMORY_NODE_UTILIZATION;
import static io.heapster.contract.metric.Metrics.MEMORY_RSS;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static io.heapster.contract.metric.Metrics.UPTIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.NodeInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SumsTest {
    /** The cases call their metrics m1, m2, m3. */
    private static final Map<String, Metric> OF_CASE =
            Map.of("m1", MEMORY_USAGE, "m2", MEMORY_RSS, "m3", CPU_USAGE_RATE);

    @Test
    void containersAddUpToTheirPodAsInHeapstersCase() {
        JsonNode test = Cases.read("05-aggregate-pod.json");
        List<Entity> entities = new ArrayList<>(List.of(Cases.pod("ns1", "pod1")));
        test.get("input").properties().forEach(field -> {
            Entity container = Cases.container("ns1", "pod1", field.getKey().replaceAll(".*container:", ""));
            field.getValue().get("metrics").properties().forEach(metric -> container
                    .samples()
                    .add(metricOf(metric.getKey()), metric.getValue().longValue()));
            entities.add(container);
        });

        Sums.overContainers(entities);

        test.get("expected")
                .get("namespace:ns1/pod:pod1")
                .get("metrics")
                .properties()
                .forEach(metric -> assertThat(entities.get(0).samples().longOr(metricOf(metric.getKey()), -1))
                        .isEqualTo(metric.getValue().longValue()));
    }

    private static Metric metricOf(String name) {
        Metric metric = OF_CASE.get(name);
        if (metric == null) {
            throw new AssertionError("the case has a new metric " + name);
        }
        return metric;
    }

    @Test
    void podsAddUpToTheirNodeAsInHeapstersCase() {
        JsonNode pods =
                Cases.read("06-aggregate-ns-node-cluster.json").get("input").get("pods");
        Map<String, Metric> summed = Map.of("m1", CPU_REQUEST, "m3", MEMORY_LIMIT);
        List<Entity> entities = new ArrayList<>(List.of(Cases.node("h1")));
        pods.properties().forEach(field -> {
            Entity pod = Cases.pod("ns1", field.getKey().replaceAll(".*pod:", ""));
            pod.samples().add(MEMORY_RSS, 222);
            summed.forEach((name, metric) -> {
                if (field.getValue().has(name)) {
                    pod.samples().add(metric, field.getValue().get(name).longValue());
                }
            });
            entities.add(pod);
        });

        Sums.overPods(entities);

        JsonNode expected =
                Cases.read("06-aggregate-ns-node-cluster.json").get("expected").get("node:h1");
        Entity node = entities.get(0);
        assertThat(node.samples().longOr(CPU_REQUEST, -1))
                .isEqualTo(expected.get("m1").longValue());
        assertThat(node.samples().longOr(MEMORY_LIMIT, -1))
                .isEqualTo(expected.get("m3").longValue());
        assertThat(node.samples().has(MEMORY_RSS)).isFalse();
    }

    @Test
    void aFigureOfThePodsOwnIsNotAddedTwice() {
        Entity pod = Cases.pod("ns1", "pod1");
        pod.samples().add(MEMORY_USAGE, 100);
        Entity container = Cases.container("ns1", "pod1", "c1");
        container.samples().add(MEMORY_USAGE, 90);
        container.samples().add(MEMORY_RSS, 20);

        Sums.overContainers(List.of(pod, container));

        assertThat(pod.samples().longOr(MEMORY_USAGE, -1)).isEqualTo(100);
        assertThat(pod.samples().longOr(MEMORY_RSS, -1)).isEqualTo(20);
    }

    @Test
    void countersAndPercentagesAreNotSummed() {
        Entity pod = Cases.pod("ns1", "pod1");
        Entity container = Cases.container("ns1", "pod1", "c1");
        container.samples().add(UPTIME, 90);
        container.samples().add(CPU_USAGE, 90);
        container.samples().add(CPU_PSI_SOME_AVG10, 1.5);

        Sums.overContainers(List.of(pod, container));

        assertThat(pod.samples().isEmpty()).isTrue();
    }

    @Property
    void theSumIsTheSum(@ForAll @Size(max = 40) List<@LongRange(min = 0, max = 1L << 50) Long> values) {
        List<Entity> entities = new ArrayList<>(List.of(Cases.pod("ns1", "pod1")));
        for (int i = 0; i < values.size(); i++) {
            Entity container = Cases.container("ns1", "pod1", "c" + i);
            container.samples().add(MEMORY_USAGE, values.get(i));
            entities.add(container);
        }

        Sums.overContainers(entities);

        assertThat(entities.get(0).samples().longOr(MEMORY_USAGE, 0))
                .isEqualTo(values.stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void sharesOfWhatWasNotMeasuredAreAbsent() {
        Entity node = Cases.node("n");
        node.samples().add(MEMORY_USAGE, 1_000);
        node.samples().add(CPU_REQUEST, 500);
        NodeInventory inventory =
                new NodeInventory(true, Labels.EMPTY, 4_000, 3_000, 8_000, 3_000, 0, 0, true, List.of(), Map.of());

        NodeShares.add(node.samples(), inventory);

        assertThat(node.samples().doubleOr(MEMORY_NODE_UTILIZATION, -1)).isEqualTo(0.333333);
        assertThat(node.samples().doubleOr(CPU_NODE_RESERVATION, -1)).isEqualTo(0.166667);
        assertThat(node.samples().doubleOr(MEMORY_NODE_CAPACITY, -1)).isEqualTo(8_000);
        assertThat(node.samples().has(CPU_NODE_UTILIZATION)).isFalse();
    }
}
