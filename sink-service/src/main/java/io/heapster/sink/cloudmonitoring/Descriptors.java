package io.heapster.sink.cloudmonitoring;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.monitoring.v3.CreateMetricDescriptorRequest;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.ListMetricDescriptorsResponse;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.google.monitoring.v3.MetricServiceGrpc.MetricServiceBlockingStub;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.sink.googlecloud.GoogleCloud;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The project's descriptors of our metrics. One is created when the metric is first written and it is missing or lacks
 * labels; none is ever deleted, because its points would go with it. Safe for several threads.
 */
final class Descriptors {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

    private final GoogleCloud cloud;
    private final SeriesLabels labels;
    private final MetricServiceBlockingStub stub;
    private final Map<String, MetricDescriptor> known = new HashMap<>();
    private final Map<Integer, Described> described = new HashMap<>();

    /**
     * A metric whose descriptor is settled.
     *
     * @param conflict why no point of it can be written; null when they can
     */
    record Described(CustomMetric metric, @Nullable String conflict) {}

    Descriptors(GoogleCloud cloud, SeriesLabels labels) {
        this.cloud = cloud;
        this.labels = labels;
        this.stub = MetricServiceGrpc.newBlockingStub(cloud.channel());
    }

    /** Learns which descriptors there are. */
    synchronized void load() {
        known.clear();
        described.clear();
        String page = "";
        do {
            ListMetricDescriptorsResponse answer = cloud.calling(stub)
                    .listMetricDescriptors(ListMetricDescriptorsRequest.newBuilder()
                            .setName("projects/" + cloud.project())
                            .setFilter("metric.type = starts_with(\"" + CustomMetric.PREFIX + "\")")
                            .setPageToken(page)
                            .build());
            answer.getMetricDescriptorsList().forEach(descriptor -> known.put(descriptor.getType(), descriptor));
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        LOG.info("project {} has {} of our metrics", cloud.project(), known.size());
    }

    /**
     * The metric with its descriptor in place.
     *
     * @throws io.grpc.StatusRuntimeException if it could not be created
     */
    synchronized Described settle(int metricId) {
        Described settled = described.get(metricId);
        if (settled == null) {
            settled = settle(MetricCatalogue.require(metricId));
            described.put(metricId, settled);
        }
        return settled;
    }

    private Described settle(Metric ours) {
        CustomMetric metric = CustomMetric.of(ours, labels);
        MetricDescriptor wanted = metric.descriptor();
        MetricDescriptor there = known.get(metric.type());
        if (there == null || (sameKind(there, wanted) && !keys(there).containsAll(keys(wanted)))) {
            MetricDescriptor created = there == null ? wanted : withLabelsOf(there, wanted);
            known.put(metric.type(), create(created));
        } else if (!sameKind(there, wanted)) {
            String conflict = "the project has " + metric.type() + " as " + there.getMetricKind() + " "
                    + there.getValueType() + ", not as " + wanted.getMetricKind() + " " + wanted.getValueType()
                    + ": delete that descriptor, or write to another project";
            LOG.warn("{}", conflict);
            return new Described(metric, conflict);
        }
        return new Described(metric, null);
    }

    private MetricDescriptor create(MetricDescriptor descriptor) {
        LOG.info("creating the descriptor {}", descriptor.getType());
        return cloud.calling(stub)
                .createMetricDescriptor(CreateMetricDescriptorRequest.newBuilder()
                        .setName("projects/" + cloud.project())
                        .setMetricDescriptor(descriptor)
                        .build());
    }

    private static MetricDescriptor withLabelsOf(MetricDescriptor there, MetricDescriptor wanted) {
        Set<String> present = keys(there);
        MetricDescriptor.Builder both = there.toBuilder();
        for (LabelDescriptor label : wanted.getLabelsList()) {
            if (!present.contains(label.getKey())) {
                both.addLabels(label);
            }
        }
        return both.build();
    }

    private static boolean sameKind(MetricDescriptor one, MetricDescriptor other) {
        return one.getMetricKind() == other.getMetricKind() && one.getValueType() == other.getValueType();
    }

    private static Set<String> keys(MetricDescriptor descriptor) {
        return descriptor.getLabelsList().stream()
                .map(LabelDescriptor::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
