package io.heapster.sink.cloudmonitoring;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricType;
import java.util.regex.Pattern;

/**
 * A metric as Cloud Monitoring knows it.
 *
 * @param metric ours
 * @param descriptor Google's: type, kind, value type, unit, labels
 */
record CustomMetric(Metric metric, MetricDescriptor descriptor) {
    static final String PREFIX = "custom.googleapis.com/kubernetes.io/";

    private static final Pattern NOT_IN_TYPES = Pattern.compile("[^A-Za-z0-9_/]");
    private static final int LONGEST_TYPE = 200;

    static CustomMetric of(Metric metric, SeriesLabels labels) {
        String type = PREFIX + NOT_IN_TYPES.matcher(metric.name()).replaceAll("_");
        if (type.length() > LONGEST_TYPE) {
            type = ShortText.of(type, LONGEST_TYPE, '_');
        }
        MetricDescriptor.Builder descriptor = MetricDescriptor.newBuilder()
                .setType(type)
                // Custom metrics know no deltas: each is the state of its tick.
                .setMetricKind(metric.type() == MetricType.CUMULATIVE ? MetricKind.CUMULATIVE : MetricKind.GAUGE)
                .setValueType(metric.isDouble() ? ValueType.DOUBLE : ValueType.INT64)
                .setUnit(unit(metric))
                .setDescription(metric.description())
                .setDisplayName(metric.name());
        for (String key : labels.keys(metric)) {
            descriptor.addLabels(
                    LabelDescriptor.newBuilder().setKey(key).setValueType(LabelDescriptor.ValueType.STRING));
        }
        return new CustomMetric(metric, descriptor.build());
    }

    private static String unit(Metric metric) {
        return switch (metric.unit()) {
            case COUNT -> "1";
            case BYTES -> "By";
            case MILLISECONDS -> "ms";
            case NANOSECONDS -> "ns";
        };
    }

    String type() {
        return descriptor.getType();
    }

    boolean isCumulative() {
        return descriptor.getMetricKind() == MetricKind.CUMULATIVE;
    }
}
