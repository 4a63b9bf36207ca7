package io.heapster.sink.influxdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.delivery.EventSinkContract;
import io.heapster.sink.influxdb.server.FaultyFront;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One schema on a real InfluxDB 1.x. */
abstract class InfluxDbContract extends EventSinkContract {
    private static final Map<String, String> METRIC_OF_SERIES =
            MetricCatalogue.declared().stream().collect(Collectors.toMap(Metric::seriesName, Metric::name));
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static InfluxDbServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = InfluxDbServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private final String schema;

    InfluxDbContract(String schema) {
        this.schema = schema;
    }

    @Override
    protected EventBackend backend() throws Exception {
        return new InfluxDb(new FaultyFront(server.address()), "contract-" + DATABASES.incrementAndGet(), schema);
    }

    private record InfluxDb(FaultyFront front, String database, String schema) implements EventBackend {

        @Override
        public Sink sink() {
            return new InfluxDbSinkFactory()
                    .create(ComponentUri.parse(
                            "influxdb:" + front.address() + "?schema=" + schema + "&db=" + database, Map.of()));
        }

        @Override
        public List<Stored> stored() throws Exception {
            List<Stored> points = new ArrayList<>();
            for (String measurement : server.names(database, "SHOW MEASUREMENTS")) {
                if (measurement.equals("log/events")) {
                    continue;
                }
                JsonNode series = server.query(database, "SELECT * FROM \"" + measurement + "\" ORDER BY time")
                        .path("results")
                        .path(0)
                        .path("series")
                        .path(0);
                List<String> columns = new ArrayList<>();
                series.path("columns").forEach(column -> columns.add(column.asText()));
                for (JsonNode row : series.path("values")) {
                    points.add(new Stored(
                            METRIC_OF_SERIES.getOrDefault(measurement, measurement),
                            text(row, columns.indexOf("nodename")),
                            text(row, columns.indexOf("pod_name")),
                            text(row, columns.indexOf("container_name")).replace("machine", ""),
                            text(row, columns.indexOf("resource_id")),
                            row.path(columns.indexOf("time")).asLong(),
                            row.path(columns.indexOf("value")).asDouble()));
                }
            }
            return points;
        }

        @Override
        public List<StoredEvent> storedEvents() throws Exception {
            JsonNode series = server.query(database, "SELECT value, uid FROM \"log/events\" ORDER BY time")
                    .path("results")
                    .path(0)
                    .path("series")
                    .path(0);
            List<StoredEvent> events = new ArrayList<>();
            for (JsonNode row : series.path("values")) {
                events.add(new StoredEvent(
                        row.path(2).asText(),
                        new ObjectMapper()
                                .readTree(row.path(1).asText())
                                .path("message")
                                .asText(),
                        row.path(0).asLong()));
            }
            return events;
        }

        private static String text(JsonNode row, int column) {
            return column < 0 || row.path(column).isNull()
                    ? ""
                    : row.path(column).asText();
        }

        @Override
        public void goAway() throws Exception {
            server.stop();
        }

        @Override
        public void comeBack() throws Exception {
            server.resume();
        }

        @Override
        public void overload(int writes) {
            front.failNext(503, "0", "{\"error\":\"too busy\"}");
            for (int i = 1; i < writes; i++) {
                front.failNext(429, "", "{\"error\":\"slow down\"}");
            }
        }

        @Override
        public void shrink(int writes) {
            for (int i = 0; i < writes; i++) {
                front.failNext(413, "", "{\"error\":\"Request Entity Too Large\"}");
            }
        }

        /** InfluxDB takes no tag called time. */
        @Override
        public SampleBatch poison(int tick) {
            return TestBatches.onePod("a", tick, "poison", "time", "12:00");
        }

        @Override
        public int poisonous() {
            return poison(0).sampleCount();
        }

        @Override
        public void close() throws Exception {
            front.close();
            server.resume();
        }
    }
}
