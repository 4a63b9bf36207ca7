package io.heapster.sink.cloudlogging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Value;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.EventRecord.InvolvedObject;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.LoggingService;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.TestEvents;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudLoggingEventsTest {
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

    private Sink open(String options) throws Exception {
        Sink sink = new CloudLoggingSinkFactory()
                .create(ComponentUri.parse(
                        "gcl:?plaintext=true&project=" + LoggingService.PROJECT + "&endpoint=" + server.address() + "&"
                                + options,
                        Map.of()));
        sink.open();
        return sink;
    }

    /** Case 15, with what Logging v2 has in the place of v1beta3's fields; its events have no UID. */
    @Test
    void heapstersOwnCaseHasTheSameTimesSeverityAndPayload() throws Exception {
        JsonNode entries;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/cases/15-gcl-event.json"))) {
            entries = new ObjectMapper()
                    .readTree(in)
                    .path("expected")
                    .path("body")
                    .path("entries");
        }
        List<EventRecord> events = new ArrayList<>();
        for (JsonNode entry : entries) {
            long millis = Instant.parse(entry.path("metadata").path("timestamp").asText())
                    .toEpochMilli();
            JsonNode event = entry.path("structPayload");
            events.add(new EventRecord(
                    "default",
                    "",
                    events.size() + 1,
                    "",
                    "",
                    InvolvedObject.NONE,
                    "",
                    event.path("reason").asText(),
                    "",
                    "",
                    event.path("source").path("host").asText(),
                    millis,
                    millis,
                    1,
                    event.toString(),
                    0));
        }
        assertThat(open("").writeEvents(events)).isEqualTo(WriteOutcome.ACCEPTED);

        assertThat(service.requests()).hasSize(1);
        assertThat(service.entries()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            LogEntry entry = service.entries().get(i);
            JsonNode expected = entries.path(i);
            assertThat(entry.getLogName()).isEqualTo("projects/test-project/logs/kubernetes.io%2Fevents");
            assertThat(Instant.ofEpochSecond(entry.getTimestamp().getSeconds()))
                    .hasToString(expected.path("metadata").path("timestamp").asText());
            assertThat(entry.getSeverity()).isEqualTo(LogSeverity.NOTICE);
            assertThat(entry.getResource().getType()).isEqualTo("global");
            assertThat(json(Value.newBuilder()
                            .setStructValue(entry.getJsonPayload())
                            .build()))
                    .isEqualTo(new ObjectMapper().convertValue(expected.path("structPayload"), Object.class));
        }
    }

    private static @Nullable Object json(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> {
                Map<String, Object> map = new java.util.LinkedHashMap<>();
                value.getStructValue().getFieldsMap().forEach((key, field) -> map.put(key, json(field)));
                yield map;
            }
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            default -> null;
        };
    }

    @Test
    void ofOneVersionThereIsOneEntryAndOfTheNextAnother() throws Exception {
        Sink sink = open("");
        EventRecord once = TestEvents.of("uid", 1, "happened");
        sink.writeEvents(List.of(once));
        sink.writeEvents(List.of(once, TestEvents.of("uid", 2, "happened")));

        assertThat(service.entries()).extracting(LogEntry::getInsertId).containsExactly("uid-1", "uid-2");
        assertThat(service.entries().get(0).getLabelsMap()).containsEntry("cluster_name", "default");
    }

    @Test
    void theResourceIsWhatTheEventIsAbout() throws Exception {
        open("resource=k8s&location=eu&cluster_name=c1").writeEvents(List.of(TestEvents.of("uid", 1, "happened")));

        assertThat(service.entries().get(0).getResource().getType()).isEqualTo("k8s_pod");
        assertThat(service.entries().get(0).getResource().getLabelsMap())
                .containsEntry("namespace_name", "shop")
                .containsEntry("pod_name", "web")
                .containsEntry("cluster_name", "c1");
    }

    @Test
    void anEventGoogleRefusesOrThatIsNoJsonIsRejectedByItsNumber() throws Exception {
        EventRecord good = TestEvents.of("good", 1, "happened");
        EventRecord future = TestEvents.of("future", 2, "happens", TestBatches.TICK + 7 * 86_400_000L);
        EventRecord broken = new EventRecord(
                "c", "broken", 3, "", "", InvolvedObject.NONE, "", "", "", "", "", 0, TestBatches.TICK, 1, "{", 0);
        WriteOutcome outcome = open("").writeEvents(List.of(good, future, broken));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> {
            var expected = Points.all(3);
            expected.clear(0);
            assertThat(rejected.points()).isEqualTo(expected);
        });
        assertThat(service.entries()).hasSize(1);
    }
}
