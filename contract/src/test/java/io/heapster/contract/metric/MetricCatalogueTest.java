package io.heapster.contract.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricCatalogueTest {
    @Test
    void everyNumberAndEveryNameIsGivenOnce() {
        assertThat(MetricCatalogue.declared()).extracting(Metric::id).doesNotHaveDuplicates();
        assertThat(MetricCatalogue.declared()).extracting(Metric::name).doesNotHaveDuplicates();
        assertThat(MetricCatalogue.declared()).extracting(Metric::seriesName).doesNotHaveDuplicates();
    }

    @Test
    void metricsAreFoundByNumberAndByName() {
        for (Metric metric : MetricCatalogue.declared()) {
            assertThat(MetricCatalogue.byId(metric.id())).isSameAs(metric);
            assertThat(MetricCatalogue.byName(metric.name())).isSameAs(metric);
        }
        assertThat(MetricCatalogue.byId(0)).isNull();
        assertThat(MetricCatalogue.byId(-1)).isNull();
        assertThat(MetricCatalogue.byId(9_999)).isNull();
        assertThat(MetricCatalogue.byName("cpu/nothing")).isNull();
    }

    @Test
    void everyRateBelongsToACounterOfTheSameLabelsAndClock() {
        List<Metric> rates = MetricCatalogue.declared().stream()
                .filter(metric -> metric.rateOf() != null)
                .toList();

        assertThat(rates).extracting(Metric::name).hasSize(9).allMatch(name -> name.endsWith("_rate"));
        assertThat(rates).allSatisfy(rate -> {
            Metric counter = rate.rateOf();
            assertThat(counter).isNotNull();
            assertThat(counter.type()).isEqualTo(MetricType.CUMULATIVE);
            assertThat(rate.labels()).isEqualTo(counter.labels());
            assertThat(rate.clock()).isEqualTo(counter.clock());
            assertThat(MetricCatalogue.rateOf(counter.id())).isSameAs(rate);
        });
    }

    /** The names of the user's storage schema (seed 001), with the two that no version of Heapster wrote corrected. */
    @Test
    void seriesNamesAreTheUsersStorageSchema() {
        assertThat(Stream.of(
                                Metrics.CPU_USAGE,
                                Metrics.FILESYSTEM_USAGE,
                                Metrics.MEMORY_PAGE_FAULTS,
                                Metrics.MEMORY_USAGE,
                                Metrics.MEMORY_WORKING_SET,
                                Metrics.NETWORK_RX,
                                Metrics.NETWORK_RX_ERRORS,
                                Metrics.NETWORK_TX,
                                Metrics.NETWORK_TX_ERRORS,
                                Metrics.UPTIME)
                        .map(Metric::seriesName))
                .containsExactly(
                        "cpu/usage_ns_cumulative",
                        "filesystem/usage_bytes_gauge",
                        "memory/page_faults_cumulative",
                        "memory/usage_bytes_gauge",
                        "memory/working_set_bytes_gauge",
                        "network/rx_bytes_cumulative",
                        "network/rx_errors_cumulative",
                        "network/tx_bytes_cumulative",
                        "network/tx_errors_cumulative",
                        "uptime_ms_cumulative");
    }

    @Test
    void aCustomMetricKeepsItsFirstType() {
        Metric queue = MetricCatalogue.custom("custom/queue", MetricType.GAUGE, ValueType.DOUBLE);

        assertThat(queue).isNotNull();
        assertThat(queue.id()).isGreaterThanOrEqualTo(MetricCatalogue.FIRST_CUSTOM_ID);
        assertThat(MetricCatalogue.custom("custom/queue", MetricType.GAUGE, ValueType.DOUBLE))
                .isSameAs(queue);
        assertThat(MetricCatalogue.custom("custom/queue", MetricType.GAUGE, ValueType.INT64))
                .isNull();
        assertThat(MetricCatalogue.byId(queue.id())).isSameAs(queue);
        assertThat(MetricCatalogue.byName("custom/queue")).isSameAs(queue);
    }
}
