package io.heapster.contract.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} is the catalogue printed. {@code -Dheapster.docs.write=true} prints it anew. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void thePageSaysWhatTheCatalogueSays() throws IOException {
        String page = page();
        if (Boolean.getBoolean("heapster.docs.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("stale: run ./mvnw -pl contract test -Dtest=MetricsPageTest -Dheapster.docs.write=true")
                .hasContent(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                Made from the catalogue (`io.heapster.contract.metric.Metrics`); a test keeps it true. The number is part of the
                wire form and never given to another metric.

                - *cumulative* counts since the start of the entity, *gauge* is a state at the time of measuring.
                - An empty unit is a plain number. Processor figures other than `cpu/usage` are millicores: 1000 is one core.
                - A rate is there only between two samples of one start time, the newer one measured later and not smaller. Where
                  that fails there is no rate, never a zero or a guess. Rates other than `cpu/usage_rate` are rounded to three
                  decimal places, shares to six.
                - Metrics with labels come once for each file system (`resource_id`: `/`, `logs`, `Volume:<name>` or a mount
                  point), disk or accelerator.
                - *Series* is the name in InfluxDB with `schema=v0`; `schema=v1` uses the metric's name.

                | Metric | Type | Values | Unit | Labels | Description | Series | Number |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (Metric metric : MetricCatalogue.declared()) {
            page.append("| `%s` | %s | %s | %s | %s | %s | `%s` | %d |\n"
                    .formatted(
                            metric.name(),
                            metric.type().text(),
                            metric.valueType().text(),
                            metric.unit().text(),
                            String.join(", ", metric.labels()),
                            metric.description(),
                            metric.seriesName(),
                            metric.id()));
        }
        page.append("""

                Metrics that a workload defines itself (the kubelet's `userDefinedMetrics`, cAdvisor's custom metrics) are named
                `custom/<name>`; of these a process takes at most %d different ones.
                """.formatted(MetricCatalogue.MAX_CUSTOM_METRICS));
        return page.toString();
    }
}
