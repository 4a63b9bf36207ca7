package io.heapster.sink.cloudlogging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.logging.v2.LogEntry;
import com.google.logging.v2.WriteLogEntriesRequest;
import io.grpc.Status;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.LoggingService;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudLoggingSinkTest {
    private final LoggingService service = new LoggingService(TestBatches.TICK + 3_600_000);
    private GrpcServer server;

    @BeforeEach
    void start() throws IOException {
        server = new GrpcServer(service);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void anEntityAndTickIsOneEntryOfItsMonitoredResource() throws Exception {
        Sink sink = open("samples=true&resource=k8s&location=eu&cluster_name=c1");
        assertThat(sink.write(List.of(TestBatches.onePod("a", 0, "web")))).isEqualTo(WriteOutcome.ACCEPTED);

        LogEntry entry = service.entries().get(0);
        assertThat(entry.getLogName()).isEqualTo("projects/test-project/logs/kubernetes.io%2Fsamples");
        assertThat(entry.getResource().getType()).isEqualTo("k8s_pod");
        assertThat(entry.getResource().getLabelsMap())
                .containsOnly(
                        Map.entry("project_id", "test-project"),
                        Map.entry("location", "eu"),
                        Map.entry("cluster_name", "c1"),
                        Map.entry("namespace_name", "shop"),
                        Map.entry("pod_name", "web"));
        assertThat(entry.getLabelsMap())
                .containsEntry("type", "pod")
                .containsEntry("cluster_name", "c1")
                .containsEntry("labels", "app:web,tier:front");
        assertThat(entry.getJsonPayload().getFieldsOrThrow("key").getStringValue())
                .isEqualTo("namespace:shop/pod:web");
        assertThat(entry.getTimestamp().getSeconds()).isEqualTo(TestBatches.TICK / 1_000);
    }

    @Test
    void aSecondWriteHasTheSameInsertIdAndAPartOfTheEntityAnother() throws Exception {
        Sink sink = open("samples=true");
        SampleBatch whole = TestBatches.onePod("a", 0, "web");
        sink.write(List.of(whole));
        sink.write(List.of(whole));
        BitSet part = new BitSet();
        part.set(1);
        sink.write(Points.select(List.of(whole), part));

        List<String> ids = service.requests().stream()
                .map(request -> request.getEntries(0).getInsertId())
                .toList();
        assertThat(ids.get(0)).hasSize(32).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }

    @Test
    void requestsStayBelowTheDocumentedSizes() throws Exception {
        Sink sink = open("samples=true");
        String fat = "x".repeat(60_000);
        List<SampleBatch> batches = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            batches.add(TestBatches.onePod("a", i, "web", "annotation", fat));
        }
        assertThat(sink.write(batches)).isEqualTo(WriteOutcome.ACCEPTED);

        assertThat(service.requests()).hasSizeGreaterThan(2);
        assertThat(service.entries()).hasSize(300);
        assertThat(service.requests())
                .extracting(WriteLogEntriesRequest::getSerializedSize)
                .allSatisfy(size -> assertThat(size).isLessThan(10_000_000));
    }

    @Test
    void anEntryThatIsTooLargeIsRejectedAndTheOthersAreWritten() throws Exception {
        Sink sink = open("samples=true");
        SampleBatch large = TestBatches.onePod("a", 0, "large", "annotation", "x".repeat(300_000));
        WriteOutcome outcome = sink.write(List.of(large, TestBatches.onePod("a", 0, "web")));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.points()).isEqualTo(Points.all(large.sampleCount()));
            assertThat(rejected.reason()).contains("more than Cloud Logging takes");
        });
        assertThat(service.entries()).hasSize(1);
    }

    @Test
    void numbersNoJsonCanSayAreRejected() throws Exception {
        Entity pod = new Entity(EntityType.POD, Labels.of(LabelKey.POD_NAME, "web"));
        pod.samples().add(Metrics.MEMORY_USAGE, 1L);
        pod.samples().add(Metrics.NETWORK_RX_RATE, Double.NaN);
        SampleBatch batch =
                SampleBatch.ok(new NodeKey("default", "a"), TestBatches.TICK, TestBatches.RESOLUTION, List.of(pod));
        WriteOutcome outcome = open("samples=true").write(List.of(batch));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.points())
                .hasToString("{1}"));
        assertThat(service.entries()).hasSize(1);
    }

    @Test
    void missingRightsLoseNothingAndNameTheCure() throws Exception {
        Sink sink = open("samples=true");
        server.failNext("WriteLogEntries", Status.PERMISSION_DENIED.withDescription("logging.logEntries.create"));
        SampleBatch batch = TestBatches.onePod("a", 0, "web");
        assertThat(sink.write(List.of(batch)))
                .isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.reason())
                        .isEqualTo("Cloud Logging answers PERMISSION_DENIED: logging.logEntries.create"
                                + " (check that the API is enabled and the roles of the service account)"));
        assertThat(sink.write(List.of(batch))).isEqualTo(WriteOutcome.ACCEPTED);
    }

    @Test
    void everyMetricOfTheCatalogueCanBeSaid() throws Exception {
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "a"));
        MetricCatalogue.declared().forEach(metric -> node.samples().append(metric.id(), 0));
        SampleBatch batch =
                SampleBatch.ok(new NodeKey("default", "a"), TestBatches.TICK, TestBatches.RESOLUTION, List.of(node));
        assertThat(open("samples=true").write(List.of(batch))).isEqualTo(WriteOutcome.ACCEPTED);

        assertThat(service.entries()
                        .get(0)
                        .getJsonPayload()
                        .getFieldsOrThrow("values")
                        .getStructValue()
                        .getFieldsMap()
                        .keySet())
                .isEqualTo(MetricCatalogue.declared().stream()
                        .map(metric -> metric.name())
                        .collect(Collectors.toSet()));
    }

    @Test
    void withoutSamplesAndEventsItConnectsToNothing() throws Exception {
        Sink sink = new CloudLoggingSinkFactory().create(ComponentUri.parse("gcl:?events=false", Map.of()));
        sink.open();
        assertThat(sink.write(List.of(TestBatches.onePod("a", 0, "web")))).isEqualTo(WriteOutcome.ACCEPTED);
        sink.close();
    }

    @Test
    void aLogNameGoogleWouldRefuseStopsTheStart() {
        assertThatThrownBy(
                        () -> new CloudLoggingSinkFactory().create(ComponentUri.parse("gcl:?log=my%20log", Map.of())))
                .hasMessage("option log of gcl: 'my log' is not accepted, give letters, digits and /_-.");
    }

    private Sink open(String options) throws Exception {
        Sink sink = new CloudLoggingSinkFactory()
                .create(ComponentUri.parse(
                        "gcl:?plaintext=true&project=" + LoggingService.PROJECT + "&endpoint=" + server.address() + "&"
                                + options,
                        Map.of()));
        sink.open();
        return sink;
    }
}
