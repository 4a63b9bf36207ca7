package io.heapster.sink.influxdb;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.delivery.SinkContract;
import io.heapster.sink.influxdb.server.FaultyFront;
import io.heapster.sink.influxdb.server.VictoriaMetricsServer;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The path of InfluxDB 2.x, on a server that has it too. */
class VictoriaMetricsContractIT extends SinkContract {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    private static VictoriaMetricsServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = VictoriaMetricsServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected Backend backend() throws Exception {
        return new VictoriaMetrics(new FaultyFront(server.address()), "cluster-" + CLUSTERS.incrementAndGet());
    }

    private record VictoriaMetrics(FaultyFront front, String cluster) implements Backend {

        @Override
        public Sink sink() {
            String uri = "influxdb:" + front.address()
                    + "?version=2&org=o&bucket=b&schema=v1&events=false&cluster_name=" + cluster;
            return new InfluxDbSinkFactory().create(ComponentUri.parse(uri, Map.of()));
        }

        @Override
        public List<Stored> stored() throws Exception {
            List<Stored> points = new ArrayList<>();
            for (JsonNode series : server.series("cluster_name", cluster)) {
                JsonNode labels = series.path("metric");
                for (int i = 0; i < series.path("values").size(); i++) {
                    points.add(new Stored(
                            labels.path("__name__").asText().replaceAll("_value$", ""),
                            labels.path("nodename").asText(),
                            labels.path("pod_name").asText(),
                            labels.path("container_name").asText(),
                            labels.path("resource_id").asText(),
                            series.path("timestamps").path(i).asLong(),
                            series.path("values").path(i).asDouble()));
                }
            }
            return points;
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
            for (int i = 0; i < writes; i++) {
                front.failNext(503, "0", "");
            }
        }

        @Override
        public void shrink(int writes) {
            for (int i = 0; i < writes; i++) {
                front.failNext(413, "", "");
            }
        }

        /** It takes whatever it can read, so that only what no line can say is left to refuse. */
        @Override
        public SampleBatch poison(int tick) {
            SampleBatch batch = TestBatches.onePod("a", tick, "poison");
            batch.entities().get(0).samples().add(Metrics.CPU_NODE_UTILIZATION, Double.NaN);
            return batch;
        }

        @Override
        public int poisonous() {
            return 1;
        }

        /** It reads two backslashes as one, so that the sign behind them is no longer escaped. */
        @Override
        public boolean takesAnyBackslash() {
            return false;
        }

        @Override
        public void close() throws Exception {
            front.close();
            server.resume();
        }
    }
}
