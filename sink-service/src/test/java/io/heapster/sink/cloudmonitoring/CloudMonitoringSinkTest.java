package io.heapster.sink.cloudmonitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.Point;
import com.google.protobuf.TextFormat;
import io.grpc.Status;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.MonitoringService;
import io.heapster.sink.googlecloud.server.MonitoringService.Series;
import io.heapster.sink.googlecloud.server.MonitoringService.Words;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Accepted;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudMonitoringSinkTest {
    private static final long NOW = TestBatches.TICK + 3_600_000;
    private static final String CPU_USAGE = "custom.googleapis.com/kubernetes.io/cpu/usage";

    private final MonitoringService service = new MonitoringService(NOW);
    private final List<Sink> sinks = new ArrayList<>();
    private GrpcServer server;

    @BeforeEach
    void start() throws IOException {
        server = new GrpcServer(service);
    }

    @AfterEach
    void stop() throws Exception {
        sinks.forEach(Sink::close);
        server.close();
    }

    @Test
    void aCounterIsWrittenAsHeapsterWroteIt() throws Exception {
        JsonNode golden = json("cases/16-gcm-genB.json");
        JsonNode given = golden.path("input").path("metrics").path(0);
        JsonNode wanted = golden.path("expected").path("series").path(0).path("point");
        long start = Instant.parse(given.path("start").asText()).toEpochMilli();
        long end = Instant.parse(given.path("end").asText()).toEpochMilli();
        service.now(end);
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "a"));
        node.started(start);
        node.samples().add(Metrics.CPU_USAGE, given.path("value").asLong());
        assertThat(open("").write(List.of(batch(end, node)))).isEqualTo(WriteOutcome.ACCEPTED);

        Point point = service.series().get(0).points().get(0);
        assertThat(service.series().get(0).identity().getMetric().getType()).isEqualTo(CPU_USAGE);
        assertThat(instant(point.getInterval().getStartTime()))
                .isEqualTo(wanted.path("start").asText());
        assertThat(instant(point.getInterval().getEndTime()))
                .isEqualTo(wanted.path("end").asText());
        assertThat(point.getValue().getInt64Value())
                .isEqualTo(wanted.path("int64Value").asLong());
        assertThat(PointWriter.SERIES_PER_REQUEST)
                .isEqualTo(golden.path("expected").path("maxSeriesPerRequest").asInt());
    }

    @Test
    void requestsAreThoseRecorded() throws Exception {
        SampleBatch batch = TestBatches.node("a", 1, 1);
        open("").write(List.of(batch));
        open("resource=k8s&location=europe-west1&cluster_name=c1").write(List.of(batch));

        assertGolden("gcm-global.txtpb", service.requests().get(0));
        assertGolden("gcm-k8s.txtpb", service.requests().get(1));
    }

    @Test
    void noRequestHasMoreThanTwoHundredSeriesOrOneTwice() throws Exception {
        List<SampleBatch> batches =
                List.of(TestBatches.node("a", 0, 110), TestBatches.node("b", 0, 2), TestBatches.node("a", 1, 110));
        assertThat(open("").write(batches)).isEqualTo(WriteOutcome.ACCEPTED);

        int points = Points.count(batches);
        assertThat(service.requests()).hasSizeLessThanOrEqualTo(points / 200 + 2);
        assertThat(service.series().stream().mapToInt(s -> s.points().size()).sum())
                .isEqualTo(points);
    }

    @Test
    void aDescriptorIsCreatedOnceWhenItIsFirstNeeded() throws Exception {
        open("").write(List.of(TestBatches.node("a", 0, 1)));
        open("").write(List.of(TestBatches.node("a", 1, 1)));

        assertThat(service.created())
                .doesNotHaveDuplicates()
                .hasSize(5)
                .contains(CPU_USAGE, "custom.googleapis.com/kubernetes.io/filesystem/usage");
        MetricDescriptor usage = Objects.requireNonNull(
                service.descriptors().get("custom.googleapis.com/kubernetes.io/filesystem/usage"));
        assertThat(usage.getUnit()).isEqualTo("By");
        assertThat(usage.getMetricKind()).isEqualTo(MetricKind.GAUGE);
        assertThat(usage.getLabelsList())
                .extracting(LabelDescriptor::getKey)
                .contains("resource_id", "cluster_name", "pod_name");
    }

    @Test
    void aDescriptorOfHeapsterGetsTheLabelsItLacksAndKeepsItsOwn() throws Exception {
        service.describe(descriptor(MetricKind.CUMULATIVE, ValueType.INT64, "hostname", "custom_metric_name"));
        assertThat(open("").write(List.of(TestBatches.node("a", 0, 0)))).isEqualTo(WriteOutcome.ACCEPTED);

        assertThat(Objects.requireNonNull(service.descriptors().get(CPU_USAGE)).getLabelsList())
                .extracting(LabelDescriptor::getKey)
                .doesNotHaveDuplicates()
                .contains("hostname", "custom_metric_name", "cluster_name", "nodename");
    }

    @Test
    void aDescriptorOfAnotherKindIsLeftAloneAndItsPointsAreRejected() throws Exception {
        service.describe(descriptor(MetricKind.GAUGE, ValueType.DOUBLE, "hostname"));
        WriteOutcome outcome = open("").write(List.of(TestBatches.node("a", 0, 0)));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.points()).hasToString("{0}");
            assertThat(rejected.reason()).contains(CPU_USAGE + " as GAUGE DOUBLE, not as CUMULATIVE INT64");
        });
        assertThat(service.series()).hasSize(4);
        assertThat(service.created()).doesNotContain(CPU_USAGE);
    }

    @Test
    void everyMetricOfTheCatalogueStaysWithinGooglesLimits() throws Exception {
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "a"));
        MetricCatalogue.declared().forEach(metric -> node.samples().append(metric.id(), 0));
        assertThat(open("").write(List.of(batch(TestBatches.TICK, node)))).isEqualTo(WriteOutcome.ACCEPTED);

        assertThat(service.series()).hasSameSizeAs(MetricCatalogue.declared());
        assertThat(service.descriptors().values()).allSatisfy(descriptor -> assertThat(descriptor.getLabelsCount())
                .isLessThanOrEqualTo(SeriesLabels.MOST_LABELS));
    }

    @Test
    void whatAWorkloadCallsItsMetricIsMadeAMetricType() throws Exception {
        Metric odd = Objects.requireNonNull(MetricCatalogue.custom(
                "custom/queue-length (größe)" + "x".repeat(300),
                MetricType.DELTA,
                io.heapster.contract.metric.ValueType.DOUBLE));
        Entity pod = new Entity(EntityType.POD, Labels.of(LabelKey.NODENAME, "a", LabelKey.POD_NAME, "web"));
        pod.samples().add(odd, 1.5);
        assertThat(open("").write(List.of(batch(TestBatches.TICK, pod)))).isEqualTo(WriteOutcome.ACCEPTED);

        assertThat(service.created().get(0))
                .startsWith("custom.googleapis.com/kubernetes.io/custom/queue_length__gr__e_xxx")
                .hasSize(200);
    }

    @Test
    void onlyRefusedPointsAreRejectedAndTheOthersAreIn() throws Exception {
        for (Words words : List.of(Words.PLACES_FIRST, Words.PLACES_LAST)) {
            service.speak(words);
            SampleBatch old = TestBatches.onePod("old", -50_000, words.name());
            SampleBatch good = TestBatches.onePod("good", 0, words.name());
            WriteOutcome outcome = open("").write(List.of(old, good));

            assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> {
                assertThat(rejected.points()).isEqualTo(Points.all(old.sampleCount()));
                assertThat(rejected.reason()).contains("more than 25h in the past");
            });
        }
        assertThat(service.series()).hasSize(8);
    }

    @Test
    void anAnswerThatNamesNoSeriesMakesTheCallerLookForThem() throws Exception {
        service.speak(Words.NO_PLACES);
        WriteOutcome outcome =
                open("").write(List.of(TestBatches.onePod("old", -50_000, "x"), TestBatches.onePod("b", 0, "x")));

        assertThat(outcome).isInstanceOf(Suspect.class);
    }

    @Test
    void aRedeliveryToAnotherProcessIsWrittenAlready() throws Exception {
        List<SampleBatch> first = List.of(TestBatches.node("a", 0, 60), TestBatches.node("a", 1, 60));
        open("").write(first);
        int series = service.series().size();
        Sink next = open("");

        assertThat(next.write(first)).isEqualTo(new Accepted(2 * series));
        assertThat(next.write(List.of(TestBatches.node("a", 2, 60)))).isEqualTo(WriteOutcome.ACCEPTED);
        assertThat(service.series()).hasSize(series).allSatisfy(s -> {
            assertThat(s.points()).hasSize(3);
            List<Long> ages = s.points().stream()
                    .map(p -> p.getInterval().getEndTime().getSeconds()
                            - p.getInterval().getStartTime().getSeconds())
                    .toList();
            assertThat(ages).isIn(List.of(0L, 0L, 0L), List.of(3_600L, 3_660L, 3_720L));
        });
    }

    @Test
    void aCounterThatFellBeginsAnewAndGoesOnInAnotherProcess() throws Exception {
        Sink sink = open("");
        List<Long> values = List.of(100L, 200L, 50L, 60L);
        for (int tick = 0; tick < 4; tick++) {
            assertThat(sink.write(List.of(counter(tick, values.get(tick))))).isEqualTo(WriteOutcome.ACCEPTED);
        }
        Sink next = open("");
        assertThat(next.write(List.of(counter(3, 60L)))).isEqualTo(new Accepted(1));
        assertThat(next.write(List.of(counter(4, 70L)))).isEqualTo(WriteOutcome.ACCEPTED);
        assertThat(next.write(List.of(counter(5, 80L)))).isEqualTo(WriteOutcome.ACCEPTED);

        Series series = service.series().get(0);
        assertThat(service.series()).hasSize(1);
        assertThat(series.points())
                .extracting(p -> p.getValue().getInt64Value())
                .containsExactly(100L, 200L, 50L, 60L, 70L, 80L);
        assertThat(series.points())
                .extracting(p -> MonitoringService.millis(p.getInterval().getStartTime()) - TestBatches.TICK)
                .containsExactly(-3_600_000L, -3_600_000L, 60_001L, 60_001L, 180_001L, 180_001L);
    }

    @Test
    void autoscalingWritesTheLoadOfNodesUnderItsOwnLabels() throws Exception {
        Entity node = new Entity(
                EntityType.NODE,
                Labels.of(LabelKey.NODENAME, "a", LabelKey.HOSTNAME, "a.local", LabelKey.HOST_ID, "4711"));
        node.samples().add(Metrics.CPU_USAGE_RATE, 5L);
        node.samples().add(Metrics.CPU_NODE_UTILIZATION, 0.25);
        node.samples().add(Metrics.MEMORY_NODE_RESERVATION, 0.5);
        assertThat(open("metrics=autoscaling").write(List.of(batch(TestBatches.TICK, node))))
                .isEqualTo(WriteOutcome.ACCEPTED);

        assertThat(service.series())
                .extracting(s -> s.identity().getMetric().getType())
                .containsExactlyInAnyOrder(
                        "custom.googleapis.com/kubernetes.io/cpu/node_utilization",
                        "custom.googleapis.com/kubernetes.io/memory/node_reservation");
        assertThat(service.series().get(0).identity().getMetric().getLabelsMap())
                .containsEntry("hostname", "a.local")
                .containsEntry("resource_id", "4711")
                .containsEntry("resource_type", "instance");
    }

    @Test
    void longLabelsAreCutAndStillTellSeriesApart() throws Exception {
        String image = "é".repeat(700);
        Sink sink = open("");
        sink.write(List.of(
                TestBatches.onePod("a", 0, "web", LabelKey.CONTAINER_BASE_IMAGE, image + "1"),
                TestBatches.onePod("b", 0, "web", LabelKey.CONTAINER_BASE_IMAGE, image + "2")));

        assertThat(service.series().stream()
                        .map(s -> s.identity().getMetric().getLabelsOrThrow("container_base_image"))
                        .distinct())
                .hasSize(2)
                .allSatisfy(value ->
                        assertThat(value.getBytes(UTF_8).length).isLessThanOrEqualTo(SeriesLabels.LONGEST_VALUE));
    }

    @Test
    void numbersGoogleDoesNotTakeAreRejected() throws Exception {
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "a"));
        node.samples().add(Metrics.NETWORK_RX_RATE, Double.POSITIVE_INFINITY);
        node.samples().add(Metrics.MEMORY_USAGE, 1L);
        assertThat(open("").write(List.of(batch(TestBatches.TICK, node))))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.points())
                        .hasToString("{0}"));
        assertThat(service.series()).hasSize(1);
    }

    @Test
    void theQuotasWishForAPauseIsPassedOn() throws Exception {
        Sink sink = open("");
        SampleBatch batch = TestBatches.node("a", 0, 0);
        server.failNext("CreateTimeSeries", Status.RESOURCE_EXHAUSTED.withDescription("Quota exceeded"), 7);
        assertThat(sink.write(List.of(batch)))
                .isEqualTo(new RetryLater(
                        "Cloud Monitoring answers RESOURCE_EXHAUSTED: Quota exceeded", Duration.ofSeconds(7)));
        for (Status status : List.of(
                Status.UNAVAILABLE,
                Status.DEADLINE_EXCEEDED,
                Status.UNAUTHENTICATED,
                Status.INTERNAL,
                Status.NOT_FOUND)) {
            server.failNext("CreateTimeSeries", status);
            assertThat(sink.write(List.of(batch))).isInstanceOf(RetryLater.class);
        }
        assertThat(sink.write(List.of(batch))).isEqualTo(WriteOutcome.ACCEPTED);
    }

    @Test
    void aQuotaOfDescriptorsLosesNothing() throws Exception {
        Sink sink = open("");
        server.failNext("CreateMetricDescriptor", Status.RESOURCE_EXHAUSTED);
        SampleBatch batch = TestBatches.node("a", 0, 0);
        assertThat(sink.write(List.of(batch))).isInstanceOf(RetryLater.class);
        assertThat(sink.write(List.of(batch))).isEqualTo(WriteOutcome.ACCEPTED);
    }

    @Test
    void withoutRightsItDoesNotOpenAndSaysWhy() {
        assertThatThrownBy(() -> open("project=another-one"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PERMISSION_DENIED")
                .hasMessageContaining("roles of the service account");
    }

    private Sink open(String options) throws Exception {
        String project = options.contains("project=") ? "" : "&project=" + MonitoringService.PROJECT;
        Sink sink = new CloudMonitoringSinkFactory()
                .create(ComponentUri.parse(
                        "gcm:?plaintext=true&endpoint=" + server.address() + project + "&" + options, Map.of()));
        sinks.add(sink);
        sink.open();
        return sink;
    }

    private static SampleBatch counter(int tick, long value) {
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "a"));
        node.started(TestBatches.TICK - 3_600_000);
        node.samples().add(Metrics.CPU_USAGE, value);
        return batch(TestBatches.TICK + tick * TestBatches.RESOLUTION, node);
    }

    private static SampleBatch batch(long tick, Entity entity) {
        return SampleBatch.ok(new NodeKey("default", "a"), tick, TestBatches.RESOLUTION, List.of(entity));
    }

    private static MetricDescriptor descriptor(MetricKind kind, ValueType type, String... labels) {
        MetricDescriptor.Builder descriptor = MetricDescriptor.newBuilder()
                .setType(CPU_USAGE)
                .setMetricKind(kind)
                .setValueType(type);
        for (String label : labels) {
            descriptor.addLabels(LabelDescriptor.newBuilder().setKey(label));
        }
        return descriptor.build();
    }

    private static String instant(com.google.protobuf.Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }

    /** Compares with the file; what came is left beside the test's classes. */
    private static void assertGolden(String name, CreateTimeSeriesRequest request) throws IOException {
        String text = TextFormat.printer().printToString(request);
        Files.writeString(Path.of("target", name), text);
        try (InputStream golden = resource("golden/" + name)) {
            assertThat(text).isEqualTo(new String(golden.readAllBytes(), UTF_8));
        }
    }

    private static JsonNode json(String name) throws IOException {
        try (InputStream file = resource(name)) {
            return new ObjectMapper().readTree(file);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                CloudMonitoringSinkTest.class.getClassLoader().getResourceAsStream(name), name);
    }
}
