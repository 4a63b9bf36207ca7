package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
    private static final long TICK = 1_496_318_400_000L;

    @Test
    void schemaV1WritesTheLinesHeapsterWrote() throws IOException {
        JsonNode heapster = heapster();
        assertThat(lines("schema=v1", batchOf(heapster)))
                .containsExactlyInAnyOrderElementsOf(
                        inSeconds(heapster.path("expected").path("default")));
    }

    @Test
    void withFieldsTakesTheFieldFromTheName() throws IOException {
        assertThat(lines("withfields=true", batchOf(heapster())))
                .containsExactlyInAnyOrder(
                        "cpu" + V1_TAGS + " usage_rate=15i 1496318400",
                        "uptime" + V1_TAGS + " value=60000i 1496318400",
                        "filesystem" + V1_TAGS.replace(",type", ",resource_id=/,type") + " usage=13340i 1496318400");
    }

    private static final String V1_TAGS =
            ",cluster_name=default,container_name=c,namespace_name=default,nodename=n1,pod_name=p,type=pod_container";

    @Test
    void schemaV0NamesSeriesAsTheUsersStorageSchema() {
        Entity pod = new Entity(
                EntityType.POD_CONTAINER,
                Labels.of(
                        "pod_id",
                        "u-1",
                        "pod_name",
                        "p",
                        "namespace_name",
                        "shop",
                        "container_name",
                        "c",
                        "hostname",
                        "n1",
                        "labels",
                        "app:web,tier:front"));
        long value = 1;
        for (Metric metric : List.of(
                Metrics.CPU_USAGE,
                Metrics.MEMORY_USAGE,
                Metrics.MEMORY_WORKING_SET,
                Metrics.MEMORY_PAGE_FAULTS,
                Metrics.NETWORK_RX,
                Metrics.NETWORK_RX_ERRORS,
                Metrics.NETWORK_TX,
                Metrics.NETWORK_TX_ERRORS,
                Metrics.UPTIME,
                Metrics.CPU_USAGE_RATE)) {
            pod.samples().add(metric, value++);
        }
        pod.samples().add(Metrics.NETWORK_RX_RATE, 12.5);
        pod.resource(Labels.of("resource_id", "/")).add(Metrics.FILESYSTEM_USAGE, 13_340L);

        String tags = ",cluster_name=default,container_name=c,hostname=n1,labels=app:web\\,tier:front,"
                + "namespace_name=shop,pod_id=u-1,pod_name=p,pod_namespace=shop,type=pod_container";
        assertThat(lines("", batch(pod)))
                .containsExactly(
                        "cpu/usage_ns_cumulative" + tags + " value=1i 1496318400",
                        "memory/usage_bytes_gauge" + tags + " value=2i 1496318400",
                        "memory/working_set_bytes_gauge" + tags + " value=3i 1496318400",
                        "memory/page_faults_cumulative" + tags + " value=4i 1496318400",
                        "network/rx_bytes_cumulative" + tags + " value=5i 1496318400",
                        "network/rx_errors_cumulative" + tags + " value=6i 1496318400",
                        "network/tx_bytes_cumulative" + tags + " value=7i 1496318400",
                        "network/tx_errors_cumulative" + tags + " value=8i 1496318400",
                        "uptime_ms_cumulative" + tags + " value=9i 1496318400",
                        "cpu/usage_rate_gauge" + tags + " value=10i 1496318400",
                        "network/rx_rate_gauge" + tags + " value=12.5 1496318400",
                        "filesystem/usage_bytes_gauge" + tags.replace(",type", ",resource_id=/,type")
                                + " value=13340i 1496318400");
    }

    @Test
    void schemaV0CallsANodesContainerMachine() {
        Entity node = new Entity(EntityType.NODE, Labels.of("hostname", "n1", "nodename", "n1"));
        node.samples().add(Metrics.CPU_USAGE_RATE, 15L);
        assertThat(lines("cluster_name=west", batch(node)))
                .containsExactly(
                        "cpu/usage_rate_gauge,cluster_name=west,container_name=machine,hostname=n1,nodename=n1,"
                                + "type=node value=15i 1496318400");
    }

    @Test
    void countersWithARateAreLeftOutOnDemand() {
        Entity node = new Entity(EntityType.NODE, Labels.of("nodename", "n1"));
        node.samples().add(Metrics.CPU_USAGE, 15L);
        node.samples().add(Metrics.UPTIME, 16L);
        node.samples().add(Metrics.CPU_USAGE_RATE, 17L);
        assertThat(lines("schema=v1&disable_counter_metrics=true", batch(node)))
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactly("uptime", "cpu/usage_rate");
    }

    @Test
    void ticksOffTheSecondAreWrittenInMilliseconds() {
        Entity node = new Entity(EntityType.NODE, Labels.of("nodename", "n1"));
        node.samples().add(Metrics.UPTIME, 16L);
        LineEncoder encoder = encoder("");
        encoder.encode(List.of(SampleBatch.ok(new NodeKey("default", "n1"), TICK + 250, 250, List.of(node))));
        assertThat(encoder.lines().toString()).endsWith(" value=16i 1496318400250\n");
        assertThat(encoder.inSeconds()).isFalse();
    }

    @Test
    void aValueThatIsNoNumberIsNamedInsteadOfWritten() {
        Entity node = new Entity(EntityType.NODE, Labels.of("nodename", "n1"));
        node.samples().add(Metrics.UPTIME, 16L);
        node.samples().add(Metrics.CPU_NODE_UTILIZATION, Double.NaN);
        node.samples().add(Metrics.NETWORK_RX_RATE, Double.NEGATIVE_INFINITY);
        LineEncoder encoder = encoder("");
        encoder.encode(List.of(batch(node)));
        assertThat(encoder.lineCount()).isEqualTo(1);
        assertThat(encoder.unsayable().stream()).containsExactly(1, 2);
    }

    private static final Entity POD = pod();

    private static Entity pod() {
        Entity pod = new Entity(
                EntityType.POD,
                Labels.of(
                        "pod_id",
                        "u\"1",
                        "pod_name",
                        "p",
                        "namespace_name",
                        "shop",
                        "nodename",
                        "n1",
                        "host_id",
                        "h1",
                        "labels",
                        "app:web",
                        "team",
                        "blue"));
        pod.samples().add(Metrics.CPU_USAGE_RATE, 15L);
        pod.resource(Labels.of("resource_id", "/")).add(Metrics.FILESYSTEM_USAGE, 9L);
        return pod;
    }

    @Test
    void onlyLabelsNamedBecomeTagsBesideThoseThatTellEntitiesApart() {
        assertThat(lines("schema=v1&tags=team", batch(POD)))
                .containsExactly(
                        "cpu/usage_rate,cluster_name=default,namespace_name=shop,nodename=n1,pod_name=p,team=blue,type=pod"
                                + " value=15i 1496318400",
                        "filesystem/usage,cluster_name=default,namespace_name=shop,nodename=n1,pod_name=p,resource_id=/,"
                                + "team=blue,type=pod value=9i 1496318400");
        assertThat(lines("schema=v0&tags=", batch(POD)).get(0))
                .isEqualTo(
                        "cpu/usage_rate_gauge,cluster_name=default,namespace_name=shop,nodename=n1,pod_name=p,type=pod"
                                + " value=15i 1496318400");
    }

    @Test
    void labelsThatExplodeSeriesCanBeTextFieldsInstead() {
        assertThat(lines("schema=v1&fields=pod_id,host_id", batch(POD)))
                .containsExactly(
                        "cpu/usage_rate,cluster_name=default,labels=app:web,namespace_name=shop,nodename=n1,pod_name=p,"
                                + "team=blue,type=pod value=15i,host_id=\"h1\",pod_id=\"u\\\"1\" 1496318400",
                        "filesystem/usage,cluster_name=default,labels=app:web,namespace_name=shop,nodename=n1,pod_name=p,"
                                + "resource_id=/,team=blue,type=pod value=9i,host_id=\"h1\",pod_id=\"u\\\"1\" 1496318400");
    }

    @Test
    void withoutColumnsLabelsStandBeforeTheNameOfTheSeries() {
        Entity node = new Entity(EntityType.NODE, Labels.of("hostname", "n 1"));
        node.samples().add(Metrics.CPU_USAGE_RATE, 15L);
        assertThat(lines("avoidColumns=true", batch(node)))
                .containsExactly("cluster_name:default_container_name:machine_hostname:n\\ 1_type:node_"
                        + "cpu_usage_rate_gauge value=15i 1496318400");
    }

    @Test
    void aLineIsTracedBackToItsPoint() {
        Entity node = new Entity(EntityType.NODE, Labels.of("nodename", "n1"));
        node.samples().add(Metrics.CPU_USAGE, 15L);
        node.samples().add(Metrics.CPU_NODE_UTILIZATION, Double.NaN);
        node.samples().add(Metrics.UPTIME, 16L);
        node.samples().add(Metrics.CPU_USAGE_RATE, 17L);
        LineEncoder encoder = encoder("schema=v1&disable_counter_metrics=true");
        List<SampleBatch> batches = List.of(batch(node));
        encoder.encode(batches);
        BitSet second = new BitSet();
        second.set(1);
        assertThat(encoder.lineCount()).isEqualTo(2);
        assertThat(encoder.pointsOf(second, batches).stream()).containsExactly(3);
    }

    private static LineEncoder encoder(String options) {
        return new LineEncoder(InfluxDbOptions.of(ComponentUri.parse("influxdb:?" + options, Map.of())));
    }

    private static List<String> lines(String options, SampleBatch batch) {
        LineEncoder encoder = encoder(options);
        encoder.encode(List.of(batch));
        assertThat(encoder.inSeconds()).isTrue();
        return Arrays.asList(encoder.lines().toString().split("\n", -1)).subList(0, encoder.lineCount());
    }

    private static SampleBatch batch(Entity entity) {
        return SampleBatch.ok(new NodeKey("default", "n1"), TICK, 60_000, List.of(entity));
    }

    private static JsonNode heapster() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(LineEncoderTest.class.getResourceAsStream("/cases/12-influx-1x-points.json"))) {
            return new ObjectMapper().readTree(file);
        }
    }

    private static SampleBatch batchOf(JsonNode heapster) {
        JsonNode set = heapster.path("input").path("set");
        Map<String, String> labels = new TreeMap<>();
        set.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        labels.remove("type");
        Entity entity = new Entity(EntityType.POD_CONTAINER, Labels.of(labels));
        set.path("metrics").properties().forEach(value -> entity.samples()
                .add(
                        Objects.requireNonNull(MetricCatalogue.byName(value.getKey())),
                        value.getValue().asLong()));
        for (JsonNode labeled : set.path("labeled")) {
            entity.resource(Labels.of(
                            "resource_id",
                            labeled.path("labels").path("resource_id").asText()))
                    .add(
                            Objects.requireNonNull(
                                    MetricCatalogue.byName(labeled.path("name").asText())),
                            labeled.path("value").asLong());
        }
        long tick = Instant.parse(heapster.path("input").path("batchTimestamp").asText())
                .toEpochMilli();
        return SampleBatch.ok(
                new NodeKey(heapster.path("input").path("clusterName").asText(), "n1"), tick, 60_000, List.of(entity));
    }

    private static List<String> inSeconds(JsonNode lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(line -> line.asText().replaceAll("000000000$", ""))
                .toList();
    }
}
