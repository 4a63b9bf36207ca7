package io.heapster.sink.cloudmonitoring;

import io.grpc.StatusRuntimeException;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.googlecloud.GoogleApi;
import io.heapster.sink.googlecloud.GoogleCloud;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One project's custom metrics. A series and the time of its point are the point's identity; Google refuses a second one
 * as older than the last, which counts as written.
 */
final class CloudMonitoringSink implements Sink {
    /** Small, because all requests of a write come again when one of them has to. */
    private static final int POINTS = 1_000;

    /** What there is once the sink is open. */
    private static final class Connection {
        private final GoogleCloud cloud;
        private final Descriptors descriptors;
        private final ThreadLocal<PointWriter> writers;

        private Connection(GoogleCloud cloud, MetricSet metrics) {
            SeriesLabels labels = new SeriesLabels(metrics, cloud.resources());
            this.cloud = cloud;
            this.descriptors = new Descriptors(cloud, labels);
            this.writers = ThreadLocal.withInitial(
                    () -> new PointWriter(cloud, metrics, descriptors, new SeriesCache(labels, cloud.resources())));
        }
    }

    private final CloudMonitoringOptions options;
    private final Map<String, String> environment;
    private volatile @Nullable Connection connection;

    CloudMonitoringSink(CloudMonitoringOptions options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    @Override
    public int pointsPerWrite() {
        return POINTS;
    }

    @Override
    public int concurrency() {
        return options.concurrency();
    }

    @Override
    public synchronized void open() throws IOException, InterruptedException {
        if (connection != null) {
            return;
        }
        GoogleCloud cloud = GoogleCloud.find(GoogleApi.MONITORING, options.cloud(), environment);
        Connection opened = new Connection(cloud, options.metrics());
        try {
            opened.descriptors.load();
            connection = opened;
        } catch (StatusRuntimeException e) {
            throw new IOException(cloud.failure(e).reason(), e);
        } finally {
            if (connection == null) {
                cloud.close();
            }
        }
    }

    @Override
    public WriteOutcome write(List<SampleBatch> batches) throws InterruptedException {
        Connection current = connection;
        return current == null
                ? new RetryLater("not open")
                : current.writers.get().write(batches);
    }

    @Override
    public synchronized void close() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            current.cloud.close();
        }
    }
}
