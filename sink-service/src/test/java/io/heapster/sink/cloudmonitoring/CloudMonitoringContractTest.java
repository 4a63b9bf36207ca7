package io.heapster.sink.cloudmonitoring;

import com.google.monitoring.v3.Point;
import io.grpc.Status;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.delivery.SinkContract;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.MonitoringService;
import io.heapster.sink.googlecloud.server.MonitoringService.Series;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class CloudMonitoringContractTest extends SinkContract {

    /** The option resource. */
    String resource() {
        return "global";
    }

    @Override
    protected Backend backend() throws Exception {
        return new Monitoring(resource());
    }

    private static final class Monitoring implements Backend {
        private final String resource;
        private final MonitoringService service = new MonitoringService(TestBatches.TICK + 3_600_000);
        private final GrpcServer server;

        Monitoring(String resource) throws IOException {
            this.resource = resource;
            this.server = new GrpcServer(service);
        }

        @Override
        public Sink sink() {
            return new CloudMonitoringSinkFactory()
                    .create(ComponentUri.parse(
                            "gcm:?plaintext=true&project=" + MonitoringService.PROJECT + "&endpoint=" + server.address()
                                    + "&location=europe-west1&cluster_name=c1&resource=" + resource,
                            Map.of()));
        }

        @Override
        public List<Stored> stored() {
            List<Stored> stored = new ArrayList<>();
            for (Series series : service.series()) {
                Map<String, String> labels =
                        new HashMap<>(series.identity().getMetric().getLabelsMap());
                labels.putAll(series.identity().getResource().getLabelsMap());
                String metric = series.identity().getMetric().getType().substring(CustomMetric.PREFIX.length());
                for (Point point : series.points()) {
                    stored.add(new Stored(
                            metric,
                            labels.getOrDefault("nodename", ""),
                            labels.getOrDefault("pod_name", ""),
                            labels.getOrDefault("container_name", ""),
                            labels.getOrDefault("resource_id", ""),
                            MonitoringService.millis(point.getInterval().getEndTime()),
                            point.getValue().hasInt64Value()
                                    ? point.getValue().getInt64Value()
                                    : point.getValue().getDoubleValue()));
                }
            }
            return stored;
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
                Status quota = Status.RESOURCE_EXHAUSTED.withDescription("Quota exceeded");
                server.failNext("CreateTimeSeries", i % 2 == 0 ? quota : Status.UNAVAILABLE);
            }
        }

        @Override
        public void shrink(int writes) {
            service.answerUselessly(writes);
        }

        /** Cloud Monitoring takes a series once in a request: of two entities that are the same it takes the first. */
        @Override
        public SampleBatch poison(int tick) {
            SampleBatch once = TestBatches.onePod("a", tick, "poison");
            Entity pod = once.entities().get(0);
            return SampleBatch.ok(once.nodeKey(), once.tickMillis(), once.resolutionMillis(), List.of(pod, pod));
        }

        @Override
        public int poisonous() {
            return poison(0).sampleCount() / 2;
        }

        @Override
        public void close() throws Exception {
            server.close();
        }
    }
}
