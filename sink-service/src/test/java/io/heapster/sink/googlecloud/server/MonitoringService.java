package io.heapster.sink.googlecloud.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.CreateMetricDescriptorRequest;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.CreateTimeSeriesSummary;
import com.google.monitoring.v3.DeleteMetricDescriptorRequest;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.ListMetricDescriptorsResponse;
import com.google.monitoring.v3.MetricServiceGrpc.MetricServiceImplBase;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeSeries;
import com.google.monitoring.v3.TypedValue;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Cloud Monitoring v3 as its documentation says it is, with one page of two descriptors at a time. */
public final class MonitoringService extends MetricServiceImplBase {
    public static final String PROJECT = "test-project";

    private static final int PAGE = 2;
    private static final long SHORTEST_PERIOD_MILLIS = 5_000;
    private static final long OLDEST_MILLIS = 25 * 3_600_000L;
    private static final long NEWEST_MILLIS = 5 * 60_000L;
    private static final Map<String, Set<String>> RESOURCES = Map.of(
            "global",
            Set.of("project_id"),
            "k8s_cluster",
            Set.of("project_id", "location", "cluster_name"),
            "k8s_node",
            Set.of("project_id", "location", "cluster_name", "node_name"),
            "k8s_pod",
            Set.of("project_id", "location", "cluster_name", "namespace_name", "pod_name"),
            "k8s_container",
            Set.of("project_id", "location", "cluster_name", "namespace_name", "pod_name", "container_name"));

    /** How the server says which series it did not take. */
    public enum Words {
        /** As it does today: places before reasons. */
        PLACES_FIRST,
        /** As it did for years: places behind reasons. */
        PLACES_LAST,
        /** A long answer that was cut. */
        NO_PLACES
    }

    /** One series and all its points, in the order they came. */
    public static final class Series {
        private final TimeSeries first;
        private final List<Point> points = new ArrayList<>();

        private Series(TimeSeries first) {
            this.first = first;
        }

        public TimeSeries identity() {
            return first;
        }

        public List<Point> points() {
            return points;
        }
    }

    private final Map<String, MetricDescriptor> descriptors = new TreeMap<>();
    private final Map<TimeSeries, Series> series = new HashMap<>();
    private final List<CreateTimeSeriesRequest> requests = new ArrayList<>();
    private final List<String> created = new ArrayList<>();
    private long nowMillis;
    private int uselessAnswers;
    private Words words = Words.PLACES_FIRST;

    public MonitoringService(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    public synchronized void now(long millis) {
        nowMillis = millis;
    }

    public synchronized void speak(Words newWords) {
        words = newWords;
    }

    /** Refuses the next requests of more than one series without saying why. */
    public synchronized void answerUselessly(int times) {
        uselessAnswers = times;
    }

    public synchronized void describe(MetricDescriptor descriptor) {
        descriptors.put(descriptor.getType(), descriptor);
    }

    public synchronized Map<String, MetricDescriptor> descriptors() {
        return new TreeMap<>(descriptors);
    }

    /** The types of descriptors created or changed, in order. */
    public synchronized List<String> created() {
        return List.copyOf(created);
    }

    /** Every write that was well-formed as a whole. */
    public synchronized List<CreateTimeSeriesRequest> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<Series> series() {
        return List.copyOf(series.values());
    }

    @Override
    public synchronized void listMetricDescriptors(
            ListMetricDescriptorsRequest request, StreamObserver<ListMetricDescriptorsResponse> answer) {
        if (!request.getName().equals("projects/" + PROJECT)) {
            answer.onError(noSuchProject());
            return;
        }
        String prefix = request.getFilter().replaceAll(".*starts_with\\(\"(.*)\"\\)", "$1");
        List<MetricDescriptor> all = descriptors.values().stream()
                .filter(d -> d.getType().startsWith(prefix))
                .toList();
        int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        int to = Math.min(all.size(), from + PAGE);
        answer.onNext(ListMetricDescriptorsResponse.newBuilder()
                .addAllMetricDescriptors(all.subList(from, to))
                .setNextPageToken(to < all.size() ? Integer.toString(to) : "")
                .build());
        answer.onCompleted();
    }

    @Override
    public synchronized void createMetricDescriptor(
            CreateMetricDescriptorRequest request, StreamObserver<MetricDescriptor> answer) {
        MetricDescriptor wanted = request.getMetricDescriptor();
        MetricDescriptor there = descriptors.get(wanted.getType());
        String wrong = wrong(wanted, there);
        if (wrong != null) {
            answer.onError(Status.INVALID_ARGUMENT.withDescription(wrong).asRuntimeException());
            return;
        }
        descriptors.put(wanted.getType(), wanted);
        created.add(wanted.getType());
        answer.onNext(wanted);
        answer.onCompleted();
    }

    @Override
    public void deleteMetricDescriptor(DeleteMetricDescriptorRequest request, StreamObserver<Empty> answer) {
        throw new AssertionError("descriptors are never deleted: " + request);
    }

    private static @Nullable String wrong(MetricDescriptor wanted, @Nullable MetricDescriptor there) {
        if (!wanted.getType().matches("custom\\.googleapis\\.com(/[A-Za-z0-9_.]+)+")
                || wanted.getType().length() > 200) {
            return "not a metric type: " + wanted.getType();
        }
        if (wanted.getMetricKind() == MetricKind.DELTA) {
            return "custom metrics are GAUGE or CUMULATIVE";
        }
        if (wanted.getLabelsCount() > 30
                || wanted.getLabelsList().stream().anyMatch(l -> !l.getKey().matches("[a-z][a-z0-9_]{0,99}"))) {
            return "labels of " + wanted.getType();
        }
        if (there != null
                && (there.getMetricKind() != wanted.getMetricKind() || there.getValueType() != wanted.getValueType())) {
            return "a descriptor's kind and value type cannot be changed";
        }
        return null;
    }

    @Override
    public synchronized void createTimeSeries(CreateTimeSeriesRequest request, StreamObserver<Empty> answer) {
        if (!request.getName().equals("projects/" + PROJECT)) {
            answer.onError(noSuchProject());
            return;
        }
        if (request.getTimeSeriesCount() == 0 || request.getTimeSeriesCount() > 200) {
            answer.onError(Status.INVALID_ARGUMENT
                    .withDescription("Field timeSeries had an invalid value: 1 to 200 series a request, not "
                            + request.getTimeSeriesCount())
                    .asRuntimeException());
            return;
        }
        if (uselessAnswers > 0 && request.getTimeSeriesCount() > 1) {
            uselessAnswers--;
            answer.onError(Status.INVALID_ARGUMENT
                    .withDescription("Request contains an invalid argument.")
                    .asRuntimeException());
            return;
        }
        requests.add(request);
        Map<Integer, String> errors = new TreeMap<>();
        Set<TimeSeries> seen = new HashSet<>();
        for (int i = 0; i < request.getTimeSeriesCount(); i++) {
            TimeSeries given = request.getTimeSeries(i);
            TimeSeries identity = given.toBuilder().clearPoints().build();
            String error = seen.add(identity)
                    ? wrong(given, identity)
                    : "Duplicate TimeSeries encountered. Only one point can be written per TimeSeries per request.";
            if (error != null) {
                errors.put(i, error);
            } else {
                series.computeIfAbsent(identity, Series::new).points.add(given.getPoints(0));
            }
        }
        if (errors.isEmpty()) {
            answer.onNext(Empty.getDefaultInstance());
            answer.onCompleted();
        } else {
            answer.onError(partial(request, errors));
        }
    }

    private @Nullable String wrong(TimeSeries given, TimeSeries identity) {
        MetricDescriptor descriptor = descriptors.get(given.getMetric().getType());
        if (descriptor == null) {
            return "no descriptor of " + given.getMetric().getType();
        }
        if (given.getPointsCount() != 1) {
            return "one point a series a request";
        }
        Set<String> keys =
                descriptor.getLabelsList().stream().map(LabelDescriptor::getKey).collect(Collectors.toSet());
        Map<String, String> labels = given.getMetric().getLabelsMap();
        if (!keys.containsAll(labels.keySet())) {
            return "unrecognized metric label among " + labels.keySet();
        }
        if (labels.values().stream().anyMatch(value -> value.getBytes(UTF_8).length > 1_024)) {
            return "a label value of more than 1024 bytes";
        }
        if (!given.getResource()
                .getLabelsMap()
                .keySet()
                .equals(RESOURCES.get(given.getResource().getType()))) {
            return "labels of the resource " + given.getResource();
        }
        Point point = given.getPoints(0);
        if (descriptor.getMetricKind() != given.getMetricKind()
                || descriptor.getValueType() != given.getValueType()
                || !hasType(point.getValue(), descriptor.getValueType())) {
            return "Value type for metric " + descriptor.getType() + " must be " + descriptor.getValueType();
        }
        return wrongTime(given, point, series.get(identity));
    }

    private static boolean hasType(TypedValue value, ValueType type) {
        return type == ValueType.INT64 ? value.hasInt64Value() : value.hasDoubleValue();
    }

    private @Nullable String wrongTime(TimeSeries given, Point point, @Nullable Series known) {
        long start = millis(point.getInterval().getStartTime());
        long end = millis(point.getInterval().getEndTime());
        boolean cumulative = given.getMetricKind() == MetricKind.CUMULATIVE;
        if (end < nowMillis - OLDEST_MILLIS || end > nowMillis + NEWEST_MILLIS) {
            return "Data points cannot be written more than 25h in the past or 5m in the future.";
        }
        if (cumulative ? start >= end : point.getInterval().hasStartTime() && start != end) {
            return "The start time must be before the end time " + start + " " + end;
        }
        if (known == null) {
            return null;
        }
        Point last = known.points.get(known.points.size() - 1);
        long lastStart = millis(last.getInterval().getStartTime());
        long lastEnd = millis(last.getInterval().getEndTime());
        if (end <= lastEnd || (cumulative && start != lastStart && start <= lastEnd)) {
            return "Points must be written in order. One or more of the points specified had an older "
                    + (end <= lastEnd ? "end" : "start") + " time than the most recent point.";
        }
        if (end - lastEnd < SHORTEST_PERIOD_MILLIS) {
            return "One or more points were written more frequently than the maximum sampling period configured for"
                    + " the metric.";
        }
        if (cumulative && start == lastStart && given.getValueType() == ValueType.INT64) {
            return point.getValue().getInt64Value() < last.getValue().getInt64Value()
                    ? "a cumulative value fell without a new start time"
                    : null;
        }
        return null;
    }

    private Throwable partial(CreateTimeSeriesRequest request, Map<Integer, String> errors) {
        StringBuilder message = new StringBuilder("One or more TimeSeries could not be written: ");
        Map<String, List<Integer>> byReason = new TreeMap<>();
        errors.forEach((place, reason) ->
                byReason.computeIfAbsent(reason, any -> new ArrayList<>()).add(place));
        switch (words) {
            case PLACES_FIRST ->
                byReason.forEach((reason, places) -> message.append("timeSeries[")
                        .append(ranges(places))
                        .append("] (example metric.type=\"")
                        .append(request.getTimeSeries(places.get(0)).getMetric().getType())
                        .append("\"): ")
                        .append(reason)
                        .append("; "));
            case PLACES_LAST ->
                errors.forEach((place, reason) -> message.append(reason)
                        .append(": global{} timeSeries[")
                        .append(place)
                        .append("]: ")
                        .append(request.getTimeSeries(place).getMetric().getType())
                        .append("{}; "));
            case NO_PLACES -> message.append(byReason.keySet().iterator().next());
        }
        CreateTimeSeriesSummary.Builder summary = CreateTimeSeriesSummary.newBuilder()
                .setTotalPointCount(request.getTimeSeriesCount())
                .setSuccessPointCount(request.getTimeSeriesCount() - errors.size())
                .addErrors(CreateTimeSeriesSummary.Error.newBuilder()
                        .setStatus(com.google.rpc.Status.newBuilder().setCode(3))
                        .setPointCount(errors.size()));
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(3)
                .setMessage(message.toString())
                .addDetails(Any.pack(summary.build()))
                .build());
    }

    private static String ranges(List<Integer> places) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < places.size(); ) {
            int last = i;
            while (last + 1 < places.size() && places.get(last + 1) == places.get(last) + 1) {
                last++;
            }
            text.append(i == 0 ? "" : ",").append(places.get(i));
            if (last > i) {
                text.append('-').append(places.get(last));
            }
            i = last + 1;
        }
        return text.toString();
    }

    private static Throwable noSuchProject() {
        return Status.PERMISSION_DENIED
                .withDescription("Permission monitoring.metricDescriptors.list denied (or the resource may not exist).")
                .asRuntimeException();
    }

    /** Milliseconds since 1970. */
    public static long millis(Timestamp time) {
        return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
    }
}
