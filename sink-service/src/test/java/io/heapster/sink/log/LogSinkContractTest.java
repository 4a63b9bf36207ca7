package io.heapster.sink.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.delivery.EventSinkContract;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class LogSinkContractTest extends EventSinkContract {

    @Override
    protected EventBackend backend() {
        return new Output();
    }

    /** An output that can be full. */
    private static final class Output extends OutputStream implements EventBackend {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final AtomicInteger failures = new AtomicInteger();
        private volatile boolean away;

        @Override
        public Sink sink() {
            return new LogSink(new JsonFormat(), true, this);
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException("one byte at a time");
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (away || failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                // A full disk takes some of a write before it fails.
                throw new IOException("no space left");
            }
            text.write(bytes, offset, length);
        }

        @Override
        public synchronized List<Stored> stored() throws IOException {
            List<Stored> points = new ArrayList<>();
            for (String line : text.toString(UTF_8).split("\n", -1)) {
                if (line.contains("\"values\"")) {
                    JsonNode entity = new ObjectMapper().readTree(line);
                    add(entity, "", entity.path("values"), points);
                    for (JsonNode resource : entity.path("resources")) {
                        add(
                                entity,
                                resource.path("labels").path("resource_id").asText(),
                                resource.path("values"),
                                points);
                    }
                }
            }
            return points;
        }

        @Override
        public synchronized List<StoredEvent> storedEvents() throws IOException {
            List<StoredEvent> events = new ArrayList<>();
            for (String line : text.toString(UTF_8).split("\n", -1)) {
                if (line.contains("\"type\":\"event\"")) {
                    JsonNode json = new ObjectMapper().readTree(line);
                    events.add(new StoredEvent(
                            json.path("event").path("metadata").path("uid").asText(),
                            json.path("event").path("message").asText(),
                            Instant.parse(json.path("time").asText()).toEpochMilli()));
                }
            }
            return events;
        }

        private static void add(JsonNode entity, String resource, JsonNode values, List<Stored> points) {
            JsonNode labels = entity.path("labels");
            values.properties()
                    .forEach(value -> points.add(new Stored(
                            value.getKey(),
                            labels.path("nodename").asText(),
                            labels.path("pod_name").asText(),
                            labels.path("container_name").asText(),
                            resource,
                            Instant.parse(entity.path("tick").asText()).toEpochMilli(),
                            value.getValue().asDouble())));
        }

        @Override
        public void goAway() {
            away = true;
        }

        @Override
        public void comeBack() {
            away = false;
        }

        @Override
        public void overload(int writes) {
            failures.set(writes);
        }

        @Override
        public void shrink(int writes) {
            // An output takes writes of any size.
        }

        @Override
        public SampleBatch poison(int tick) {
            return TestBatches.onePod("a", tick, "line\nbreak");
        }

        @Override
        public int poisonous() {
            return 0;
        }

        @Override
        public boolean keepsDoubles() {
            return true;
        }

        @Override
        public void close() {}
    }
}
