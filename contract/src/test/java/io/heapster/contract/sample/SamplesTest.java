package io.heapster.contract.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.metric.Clock;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.Metrics;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Samples samples = new Samples();

    @Test
    void holdsAnyNumberOfValuesOfBothTypes() {
        MetricCatalogue.declared().forEach(metric -> {
            if (metric.isDouble()) {
                samples.add(metric, metric.id() + 0.5);
            } else {
                samples.add(metric, metric.id());
            }
        });

        assertThat(samples.size()).isEqualTo(MetricCatalogue.declared().size());
        assertThat(samples.longOr(Metrics.MEMORY_USAGE, -1)).isEqualTo(Metrics.MEMORY_USAGE.id());
        assertThat(samples.doubleOr(Metrics.NETWORK_RX_RATE, -1)).isEqualTo(Metrics.NETWORK_RX_RATE.id() + 0.5);
        assertThat(samples.longOr(Metrics.NETWORK_RX_RATE, -1)).isEqualTo(Metrics.NETWORK_RX_RATE.id());
    }

    @Test
    void refusesAValueOfTheWrongType() {
        assertThatThrownBy(() -> samples.add(Metrics.CPU_USAGE, 1.5)).hasMessageContaining("cpu/usage");
        assertThatThrownBy(() -> samples.add(Metrics.NETWORK_RX_RATE, 1L)).hasMessageContaining("network/rx_rate");
    }

    @Test
    void sumsIntegersAsIntegersAndDoublesAsDoubles() {
        samples.add(Metrics.MEMORY_USAGE, Long.MAX_VALUE - 1);
        samples.add(Metrics.NETWORK_RX_RATE, 1.25);

        samples.plus(0, 1);
        samples.plus(1, Double.doubleToRawLongBits(2.5));

        assertThat(samples.longValue(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(samples.doubleValue(1)).isEqualTo(3.75);
    }

    @Test
    void whatIsNotThereIsNotThere() {
        assertThat(samples.isEmpty()).isTrue();
        assertThat(samples.has(Metrics.UPTIME)).isFalse();
        assertThat(samples.longOr(Metrics.UPTIME, -7)).isEqualTo(-7);
        assertThatThrownBy(() -> samples.bits(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anEntityHasAClockForItsNetwork() {
        Entity pod = new Entity(EntityType.POD, Labels.of(LabelKey.NAMESPACE_NAME, "shop", LabelKey.POD_NAME, "web"));
        pod.measured(5_000);
        assertThat(pod.measuredMillis(Clock.NETWORK)).isEqualTo(5_000);
        pod.networkMeasured(7_000);

        assertThat(pod.measuredMillis(Clock.NETWORK)).isEqualTo(7_000);
        assertThat(pod.measuredMillis(Clock.ENTITY)).isEqualTo(5_000);
        assertThat(pod.key()).isEqualTo("namespace:shop/pod:web");
    }

    @Test
    void aResourceIsMadeOnceForItsLabels() {
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "n"));
        node.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_USAGE, 1);
        node.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_LIMIT, 2);
        node.resource(Labels.of(LabelKey.RESOURCE_ID, "logs")).add(Metrics.FILESYSTEM_USAGE, 3);

        assertThat(node.resources()).hasSize(2);
        assertThat(node.sampleCount()).isEqualTo(3);
    }
}
