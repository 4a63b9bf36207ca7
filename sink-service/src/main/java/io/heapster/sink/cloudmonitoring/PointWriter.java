package io.heapster.sink.cloudmonitoring;

import com.google.api.Metric;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.google.monitoring.v3.MetricServiceGrpc.MetricServiceBlockingStub;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import com.google.monitoring.v3.TypedValue;
import com.google.protobuf.Timestamp;
import io.grpc.StatusRuntimeException;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.cloudmonitoring.Descriptors.Described;
import io.heapster.sink.googlecloud.Failure;
import io.heapster.sink.googlecloud.GoogleCloud;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Accepted;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes points in requests of at most 200 series, one after the other, so that each series gets its points in order and
 * none twice in a request. For one thread.
 */
final class PointWriter {
    static final int SERIES_PER_REQUEST = 200;

    private static final Logger LOG = LoggerFactory.getLogger(PointWriter.class);

    /**
     * A series of the request being filled.
     *
     * @param point its number in the write
     * @param start of the point's interval, and its end: milliseconds since 1970
     * @param counter its memory, if it is cumulative
     * @param resolution milliseconds between its points
     */
    private record Row(
            TimeSeries series,
            int point,
            long start,
            long end,
            @Nullable Counter counter,
            long resolution) {}

    private final GoogleCloud cloud;
    private final MetricSet metrics;
    private final Descriptors descriptors;
    private final SeriesCache cache;
    private final MetricServiceBlockingStub stub;
    private final List<Row> rows = new ArrayList<>(SERIES_PER_REQUEST);
    private final Set<NodeKey> nodes = new HashSet<>();
    private final BitSet rejected = new BitSet();
    private @Nullable Described[] known = new Described[MetricCatalogue.idBound()];
    private String reason = "";
    private int point;
    private int alreadyThere;

    PointWriter(GoogleCloud cloud, MetricSet metrics, Descriptors descriptors, SeriesCache cache) {
        this.cloud = cloud;
        this.metrics = metrics;
        this.descriptors = descriptors;
        this.cache = cache;
        this.stub = MetricServiceGrpc.newBlockingStub(cloud.channel());
    }

    /** All points, in the order given. */
    WriteOutcome write(List<SampleBatch> batches) throws InterruptedException {
        rows.clear();
        nodes.clear();
        rejected.clear();
        reason = "";
        point = 0;
        alreadyThere = 0;
        try {
            for (SampleBatch batch : batches) {
                if (!nodes.add(batch.nodeKey())) {
                    // The node's tick before may be in the request, and with it the same series.
                    flush();
                    nodes.add(batch.nodeKey());
                }
                add(batch);
            }
            flush();
        } catch (StatusRuntimeException e) {
            return cloud.failure(e).outcome();
        }
        return rejected.isEmpty()
                ? new Accepted(alreadyThere)
                : new Rejected((BitSet) rejected.clone(), reason, alreadyThere);
    }

    private void add(SampleBatch batch) throws InterruptedException {
        for (Entity entity : batch.entities()) {
            add(batch, entity, entity.samples(), Labels.EMPTY);
            for (ResourceSamples resource : entity.resources()) {
                add(batch, entity, resource.samples(), resource.labels());
            }
        }
    }

    private void add(SampleBatch batch, Entity entity, Samples samples, Labels resource) throws InterruptedException {
        if (samples.isEmpty()) {
            return;
        }
        SeriesCache.Group group = cache.group(batch.cluster(), entity.type(), entity.labels(), resource);
        for (int i = 0; i < samples.size(); i++, point++) {
            if (!metrics.has(samples.metric(i))) {
                continue;
            }
            Described described = described(samples.metricId(i));
            if (described.conflict() != null) {
                reject(point, described.conflict());
            } else if (samples.metric(i).isDouble() && !Double.isFinite(samples.doubleValue(i))) {
                reject(point, "not a finite number, which Cloud Monitoring does not take");
            } else {
                rows.add(row(batch, entity, samples, i, group, described.metric()));
                if (rows.size() == SERIES_PER_REQUEST) {
                    flush();
                    nodes.add(batch.nodeKey());
                }
            }
        }
    }

    private Row row(
            SampleBatch batch,
            Entity entity,
            Samples samples,
            int index,
            SeriesCache.Group group,
            CustomMetric metric) {
        long end = batch.tickMillis();
        Counter counter = metric.isCumulative() ? group.counter(samples.metricId(index)) : null;
        long start = counter == null
                ? end
                : counter.start(entity.startMillis(), end, batch.resolutionMillis(), samples.longValue(index));
        TypedValue.Builder value = TypedValue.newBuilder();
        if (metric.metric().isDouble()) {
            value.setDoubleValue(samples.doubleValue(index));
        } else {
            value.setInt64Value(samples.bits(index));
        }
        TimeSeries series = TimeSeries.newBuilder()
                .setMetric(Metric.newBuilder().setType(metric.type()).putAllLabels(group.labels()))
                .setResource(group.resource())
                .setMetricKind(metric.descriptor().getMetricKind())
                .setValueType(metric.descriptor().getValueType())
                .addPoints(Point.newBuilder().setInterval(interval(start, end)).setValue(value))
                .build();
        return new Row(series, point, start, end, counter, batch.resolutionMillis());
    }

    private static TimeInterval interval(long start, long end) {
        return TimeInterval.newBuilder()
                .setStartTime(timestamp(start))
                .setEndTime(timestamp(end))
                .build();
    }

    private static Timestamp timestamp(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, 1_000L))
                .setNanos((int) Math.floorMod(millis, 1_000L) * 1_000_000)
                .build();
    }

    private Described described(int metricId) {
        int row = metricId < MetricCatalogue.FIRST_CUSTOM_ID
                ? metricId
                : metricId - MetricCatalogue.FIRST_CUSTOM_ID + MetricCatalogue.idBound();
        if (row >= known.length) {
            known = Arrays.copyOf(known, row + 64);
        }
        Described described = known[row];
        if (described == null) {
            described = descriptors.settle(metricId);
            known[row] = described;
        }
        return described;
    }

    private void reject(int number, String why) {
        rejected.set(number);
        reason = reason.isEmpty() ? why : reason;
    }

    /** Sends the rows; those refused are noted. */
    private void flush() throws InterruptedException {
        List<Row> late = rows.isEmpty() ? List.of() : send(rows);
        rows.clear();
        nodes.clear();
        if (!late.isEmpty()) {
            List<Row> restarted = late.stream().map(PointWriter::restarted).toList();
            int older = send(restarted).size();
            alreadyThere += older;
            LOG.debug("{} counters go on with a later start, {} points were there already", late.size() - older, older);
        }
    }

    /** @return counters that are older than what Google has, and of which this process does not know why */
    private List<Row> send(List<Row> request) throws InterruptedException {
        CreateTimeSeriesRequest.Builder call =
                CreateTimeSeriesRequest.newBuilder().setName("projects/" + cloud.project());
        for (Row row : request) {
            call.addTimeSeries(row.series);
        }
        try {
            cloud.calling(stub).createTimeSeries(call.build());
            settle(request, new BitSet());
            return List.of();
        } catch (StatusRuntimeException e) {
            Failure failure = cloud.failure(e);
            Optional<Refusals> refusals = failure.isRefusal() ? Refusals.of(failure, request.size()) : Optional.empty();
            if (refusals.isEmpty()) {
                throw e;
            }
            return sort(request, refusals.get());
        }
    }

    private List<Row> sort(List<Row> request, Refusals refusals) {
        List<Row> unexplained = new ArrayList<>();
        for (int i = refusals.refused().nextSetBit(0);
                i >= 0;
                i = refusals.refused().nextSetBit(i + 1)) {
            reject(request.get(i).point, refusals.reason());
        }
        for (int i = refusals.older().nextSetBit(0);
                i >= 0;
                i = refusals.older().nextSetBit(i + 1)) {
            Row row = request.get(i);
            if (row.counter != null && !row.counter.isSettled()) {
                unexplained.add(row);
            }
        }
        alreadyThere += refusals.older().cardinality() - unexplained.size();
        LOG.debug("{} points of {} are there already", refusals.older().cardinality(), request.size());
        BitSet notTaken = (BitSet) refusals.older().clone();
        notTaken.or(refusals.refused());
        settle(request, notTaken);
        return unexplained;
    }

    private static void settle(List<Row> request, BitSet notTaken) {
        for (int i = 0; i < request.size(); i++) {
            Counter counter = request.get(i).counter;
            if (counter != null && !notTaken.get(i)) {
                counter.settle(request.get(i).start, request.get(i).end);
            }
        }
    }

    private static Row restarted(Row row) {
        long start = Counter.restart(row.end, row.resolution);
        TimeSeries.Builder series = row.series.toBuilder();
        series.getPointsBuilder(0).setInterval(interval(start, row.end));
        return new Row(series.build(), row.point, start, row.end, row.counter, row.resolution);
    }
}
