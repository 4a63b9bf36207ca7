package io.heapster.sink.cloudmonitoring;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.GoogleCloudOptions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the URI of the sink says.
 *
 * @param cloud the way to Google
 * @param metrics which metrics are written
 * @param concurrency requests in flight
 */
record CloudMonitoringOptions(GoogleCloudOptions cloud, MetricSet metrics, int concurrency) {
    static final Set<String> NAMES = names();
    private static final int MOST_CONCURRENT = 64;

    static CloudMonitoringOptions of(ComponentUri uri) {
        return new CloudMonitoringOptions(
                GoogleCloudOptions.of(uri), metrics(uri), uri.intOption("concurrency", 4, 1, MOST_CONCURRENT));
    }

    /** @param olderLocation the location, unless it is given under its name */
    CloudMonitoringOptions withKubernetesResources(Optional<String> olderLocation) {
        return new CloudMonitoringOptions(cloud.withKubernetesResources(olderLocation), metrics, concurrency);
    }

    private static MetricSet metrics(ComponentUri uri) {
        String metrics = uri.option("metrics").orElse("all");
        return switch (metrics) {
            case "all" -> MetricSet.ALL;
            case "autoscaling" -> MetricSet.AUTOSCALING;
            default -> throw uri.wrong("metrics", metrics, "all or autoscaling");
        };
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(GoogleCloudOptions.NAMES);
        names.add("metrics");
        names.add("concurrency");
        return Set.copyOf(names);
    }
}
