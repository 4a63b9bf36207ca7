package io.heapster.sink.influxdb;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.delivery.EventSinkContract;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A generation found out by asking, on a server that speaks its documented protocol. */
abstract class NewerInfluxDbContract extends EventSinkContract {
    private static final String EVENTS = "log/events";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Generation generation;
    private final String options;

    NewerInfluxDbContract(Generation generation, String options) {
        this.generation = generation;
        this.options = options;
    }

    @Override
    protected EventBackend backend() throws Exception {
        return new Newer(new FakeInfluxDb(generation), options);
    }

    private record Newer(FakeInfluxDb server, String options) implements EventBackend {

        @Override
        public Sink sink() {
            String uri = "influxdb:" + server.address() + "?schema=v1&token=s3cret%3D%3D&" + options;
            return new InfluxDbSinkFactory().create(ComponentUri.parse(uri, Map.of()));
        }

        @Override
        public List<Stored> stored() {
            List<Stored> points = new ArrayList<>();
            for (ParsedLine point : server.stored()) {
                if (point.measurement().equals(EVENTS)) {
                    continue;
                }
                points.add(new Stored(
                        point.measurement(),
                        point.tags().getOrDefault("nodename", ""),
                        point.tags().getOrDefault("pod_name", ""),
                        point.tags().getOrDefault("container_name", ""),
                        point.tags().getOrDefault("resource_id", ""),
                        point.timestamp() * 1_000,
                        Double.parseDouble(point.value().replace("i", ""))));
            }
            return points;
        }

        @Override
        public List<StoredEvent> storedEvents() throws Exception {
            List<StoredEvent> events = new ArrayList<>();
            for (ParsedLine line : server.stored()) {
                if (line.measurement().equals(EVENTS)) {
                    events.add(new StoredEvent(
                            Objects.requireNonNull(line.tags().get("uid")),
                            JSON.readTree(line.text("value")).path("message").asText(),
                            line.timestamp() / 1_000_000));
                }
            }
            return events;
        }

        @Override
        public void goAway() {
            server.away(true);
        }

        @Override
        public void comeBack() {
            server.away(false);
        }

        @Override
        public void overload(int writes) {
            for (int i = 0; i < writes; i++) {
                server.failNext(i % 2 == 0 ? 429 : 503, "0", "{\"code\":\"too many requests\",\"message\":\"slow\"}");
            }
        }

        @Override
        public void shrink(int writes) {
            for (int i = 0; i < writes; i++) {
                server.failNext(413, "", "{\"code\":\"request too large\",\"message\":\"cannot read data\"}");
            }
        }

        @Override
        public SampleBatch poison(int tick) {
            return TestBatches.onePod("a", tick, "poison", "time", "12:00");
        }

        @Override
        public int poisonous() {
            return poison(0).sampleCount();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
