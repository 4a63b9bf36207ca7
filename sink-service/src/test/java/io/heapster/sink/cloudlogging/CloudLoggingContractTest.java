package io.heapster.sink.cloudlogging;

import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.Status;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.delivery.EventSinkContract;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.LoggingService;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.TestEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CloudLoggingContractTest extends EventSinkContract {

    @Override
    protected EventBackend backend() throws Exception {
        return new Logging();
    }

    private static final class Logging implements EventBackend {
        private final LoggingService service = new LoggingService(TestBatches.TICK + 3_600_000);
        private final GrpcServer server;

        Logging() throws IOException {
            this.server = new GrpcServer(service);
        }

        @Override
        public Sink sink() {
            return new CloudLoggingSinkFactory()
                    .create(ComponentUri.parse(
                            "gcl:?samples=true&plaintext=true&project=" + LoggingService.PROJECT + "&endpoint="
                                    + server.address(),
                            Map.of()));
        }

        @Override
        public List<Stored> stored() {
            List<Stored> stored = new ArrayList<>();
            for (LogEntry entry : service.entries()) {
                if (entry.getLogName().endsWith("events")) {
                    continue;
                }
                Map<String, Value> payload = entry.getJsonPayload().getFieldsMap();
                add(entry, "", entry.getJsonPayload().getFieldsOrThrow("values"), stored);
                if (payload.containsKey("resources")) {
                    for (Value resource :
                            payload.get("resources").getListValue().getValuesList()) {
                        Struct fields = resource.getStructValue();
                        add(
                                entry,
                                fields.getFieldsOrThrow("labels")
                                        .getStructValue()
                                        .getFieldsOrThrow("resource_id")
                                        .getStringValue(),
                                fields.getFieldsOrThrow("values"),
                                stored);
                    }
                }
            }
            return stored;
        }

        @Override
        public List<StoredEvent> storedEvents() {
            return service.entries().stream()
                    .filter(entry -> entry.getLogName().endsWith("events"))
                    .map(entry -> new StoredEvent(
                            entry.getJsonPayload()
                                    .getFieldsOrThrow("metadata")
                                    .getStructValue()
                                    .getFieldsOrThrow("uid")
                                    .getStringValue(),
                            entry.getJsonPayload().getFieldsOrThrow("message").getStringValue(),
                            entry.getTimestamp().getSeconds() * 1_000))
                    .toList();
        }

        /** Cloud Logging takes no entry from the future. */
        @Override
        public Optional<EventRecord> poisonEvent() {
            return Optional.of(TestEvents.of("poison", 1, "tomorrow", TestBatches.TICK + 7 * 86_400_000L));
        }

        private static void add(LogEntry entry, String resource, Value values, List<Stored> stored) {
            Map<String, String> labels = entry.getLabelsMap();
            values.getStructValue()
                    .getFieldsMap()
                    .forEach((metric, value) -> stored.add(new Stored(
                            metric,
                            labels.getOrDefault("nodename", ""),
                            labels.getOrDefault("pod_name", ""),
                            labels.getOrDefault("container_name", ""),
                            resource,
                            entry.getTimestamp().getSeconds() * 1_000
                                    + entry.getTimestamp().getNanos() / 1_000_000,
                            value.getNumberValue())));
        }

        @Override
        public void goAway() throws Exception {
            server.stop();
        }

        @Override
        public void comeBack() throws Exception {
            server.start();
        }

        @Override
        public void overload(int writes) {
            for (int i = 0; i < writes; i++) {
                server.failNext("WriteLogEntries", Status.RESOURCE_EXHAUSTED.withDescription("Quota exceeded"));
            }
        }

        @Override
        public void shrink(int writes) {
            service.shrink(writes);
        }

        /** Cloud Logging takes no entry of more than 64 labels. */
        @Override
        public SampleBatch poison(int tick) {
            String[] labels = new String[140];
            for (int i = 0; i < labels.length; i += 2) {
                labels[i] = "label" + i;
                labels[i + 1] = "x";
            }
            return TestBatches.onePod("a", tick, "poison", labels);
        }

        @Override
        public int poisonous() {
            return poison(0).sampleCount();
        }

        @Override
        public void close() throws Exception {
            server.close();
        }
    }
}
