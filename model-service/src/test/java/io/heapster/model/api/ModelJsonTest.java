package io.heapster.model.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.model.store.AdjustableClock;
import io.heapster.model.store.CountedRejections;
import io.heapster.model.store.Points;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Heapster's answers to the byte: case 23 and reference 3.1, 3.2. */
class ModelJsonTest {
    private static final Instant FIRST = Instant.parse("2017-04-19T07:47:00Z");

    private static Points points(Metric metric, double... values) {
        AdjustableClock clock = new AdjustableClock(FIRST.plusSeconds(120).toEpochMilli());
        SampleStore store = new SampleStore(
                new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 10, 10, 100),
                clock,
                new CountedRejections());
        for (int i = 0; i < values.length; i++) {
            Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "n"));
            node.samples()
                    .append(metric.id(), metric.isDouble() ? Double.doubleToRawLongBits(values[i]) : (long) values[i]);
            store.put(SampleBatch.ok(
                    new NodeKey("c", "n"), FIRST.plusSeconds(60L * i).toEpochMilli(), 60_000, List.of(node)));
        }
        return Objects.requireNonNull(Objects.requireNonNull(store.cluster("c")).node("n"))
                .points(metric, 0, Long.MAX_VALUE);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ModelJsonTest.class.getResourceAsStream("/golden/" + name + ".json"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void aSeriesIsIndentedAsGoDoes() throws IOException {
        assertThat(text(ModelJson.series(points(Metrics.CPU_USAGE_RATE, 869, 978))))
                .isEqualTo(golden("series"));
    }

    @Test
    void anEmptySeriesEndsAtGosZeroTime() throws IOException {
        assertThat(text(ModelJson.series(null))).isEqualTo(golden("series-empty"));
        assertThat(text(ModelJson.series(Points.none(Metrics.CPU_LIMIT)))).isEqualTo(golden("series-empty"));
    }

    @Test
    void aPodListIsCompactAndEndsWithALineBreak() throws IOException {
        List<@Nullable Points> items = Arrays.asList(points(Metrics.CPU_USAGE_RATE, 869, 978), null);

        assertThat(text(ModelJson.items(items))).isEqualTo(golden("pod-list"));
    }

    @Test
    void aDoubleKeepsItsFractionBesideTheTruncatedValue() {
        assertThat(text(ModelJson.items(List.of(points(Metrics.NETWORK_RX_RATE, 978.6, 2)))))
                .contains("\"value\":978,\"floatValue\":978.6}", "\"value\":2,\"floatValue\":2}");
        assertThat(text(ModelJson.items(List.of(points(Metrics.CPU_NODE_UTILIZATION, 0.42)))))
                .contains("\"value\":0,\"floatValue\":0.42}");
    }

    @Test
    void aNegativeNumberStaysOne() {
        assertThat(text(ModelJson.items(List.of(points(Metrics.MEMORY_USAGE, -25)))))
                .contains("\"value\":-25}");
    }

    @Test
    void whatIsNoNumberIsNoPoint() {
        assertThat(text(ModelJson.items(List.of(points(Metrics.NETWORK_RX_RATE, Double.NaN, 1)))))
                .isEqualTo("{\"items\":[{\"metrics\":[{\"timestamp\":\"2017-04-19T07:48:00Z\",\"value\":1,"
                        + "\"floatValue\":1}],\"latestTimestamp\":\"2017-04-19T07:48:00Z\"}]}\n");
    }

    @Test
    void namesAreAnIndentedListAndEscapedAsGoDoes() throws IOException {
        assertThat(text(ModelJson.names(List.of("a<b", "c\"d\\", "tab\there", "ünï\u0001"))))
                .isEqualTo(golden("names"));
        assertThat(text(ModelJson.names(List.of()))).isEqualTo("[]");
    }
}
