package io.heapster.model.api;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names of metrics before Heapster 1.0, which clients of that time still use. */
final class OldNames {
    private static final Map<String, Metric> BY_NAME = Map.of(
            "cpu-usage", Metrics.CPU_USAGE_RATE,
            "cpu-limit", Metrics.CPU_LIMIT,
            "memory-limit", Metrics.MEMORY_LIMIT,
            "memory-usage", Metrics.MEMORY_USAGE,
            "memory-working", Metrics.MEMORY_WORKING_SET);

    /** Of these the name of the resource follows, with {@code -} in place of {@code /}. */
    private static final Map<String, Metric> BY_PREFIX = Map.of(
            "fs-usage", Metrics.FILESYSTEM_USAGE,
            "fs-limit", Metrics.FILESYSTEM_LIMIT);

    private static final Map<Metric, String> NAMES = inverse(BY_NAME);
    private static final Map<Metric, String> PREFIXES = inverse(BY_PREFIX);

    private OldNames() {}

    private static Map<Metric, String> inverse(Map<String, Metric> byName) {
        return byName.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** What this name meant, or null. */
    static @Nullable Metric metric(String oldName) {
        Metric metric = BY_NAME.get(oldName);
        if (metric != null) {
            return metric;
        }
        for (Map.Entry<String, Metric> each : BY_PREFIX.entrySet()) {
            if (oldName.startsWith(each.getKey())) {
                return each.getValue();
            }
        }
        return null;
    }

    /** The old name of a series, or null when it had none. */
    static @Nullable String of(Metric metric, Labels resource) {
        String prefix = PREFIXES.get(metric);
        return prefix == null
                ? NAMES.get(metric)
                : prefix + resource.get(LabelKey.RESOURCE_ID).replace('/', '-');
    }
}
