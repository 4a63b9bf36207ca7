package io.heapster.scraper.source.kubernetes.resource;

import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_WORKING_SET;
import static io.heapster.contract.metric.Metrics.SWAP_USAGE;
import static io.heapster.contract.metric.Metrics.UPTIME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceDecoderTest {
    private static final Labels NODE = Labels.of("nodename", "node-1");
    private static final long ANSWERED = 1_795_250_600_000L;

    private static Reading recorded(String version) throws IOException, ScrapeException {
        String path = "/kubernetes/" + version + "/metrics-resource.1.txt";
        try (InputStream in = Objects.requireNonNull(ResourceDecoderTest.class.getResourceAsStream(path), path)) {
            return decode(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static Reading decode(String text) throws ScrapeException {
        byte[] bytes = text.getBytes(UTF_8);
        return new ResourceDecoder().decode(bytes, bytes.length, NODE, ANSWERED);
    }

    private static Entity entity(Reading reading, String key) {
        return reading.entities().stream()
                .filter(entity -> entity.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static long value(Entity entity, Metric metric) {
        return entity.samples().longOr(metric, Long.MIN_VALUE);
    }

    @Test
    void theRecordedNodeHasProcessorAndMemory() throws Exception {
        Reading reading = recorded("v1.36.2");
        Entity node = reading.entities().get(0);

        assertThat(reading.warnings()).isEmpty();
        assertThat(node.key()).isEqualTo("node:node-1");
        assertThat(value(node, CPU_USAGE)).isEqualTo(5_931_049_895_920L);
        assertThat(value(node, MEMORY_WORKING_SET)).isEqualTo(10_424_270_848L);
        assertThat(value(node, SWAP_USAGE)).isZero();
        assertThat(node.measuredMillis()).isEqualTo(1_795_250_586_442L);
        assertThat(node.startMillis()).isZero();
    }

    @Test
    void podsAreFollowedByTheirContainersWhichTellWhenTheyStarted() throws Exception {
        Reading reading = recorded("v1.36.2");
        Entity pod = entity(reading, "namespace:shop/pod:caller");
        Entity container = entity(reading, "namespace:shop/pod:caller/container:caller");

        assertThat(value(pod, CPU_USAGE)).isEqualTo(2_143_914_266L);
        assertThat(value(pod, MEMORY_WORKING_SET)).isEqualTo(1_232_896);
        assertThat(value(container, CPU_USAGE)).isEqualTo(2_336_890_566L);
        assertThat(container.startMillis()).isEqualTo(1_795_250_530_256L);
        assertThat(value(container, UPTIME)).isEqualTo(1_795_250_584_282L - 1_795_250_530_256L);
        assertThat(reading.entities().indexOf(container))
                .isGreaterThan(reading.entities().indexOf(pod));
    }

    @Test
    void anOldKubeletTellsNoStart() throws Exception {
        Reading reading = recorded("v1.20.2");

        assertThat(entity(reading, "namespace:shop/pod:caller/container:caller").startMillis())
                .isZero();
        assertThat(value(reading.entities().get(0), CPU_USAGE)).isEqualTo(4_273_418_696_340L);
        assertThat(reading.entities()).hasSize(1 + 7 + 9);
    }

    @Test
    void withoutATimeItIsTheAnswers() throws Exception {
        Entity node =
                decode("node_cpu_usage_seconds_total 1.5\r\n# EOF").entities().get(0);

        assertThat(node.measuredMillis()).isEqualTo(ANSWERED);
        assertThat(value(node, CPU_USAGE)).isEqualTo(1_500_000_000);
    }

    @Test
    void spacesEscapesAndUnknownLabelsAreUnderstood() throws Exception {
        Reading reading = decode("""
                pod_cpu_usage_seconds_total { pod = "a\\"b\\\\c" , other="x,}" , namespace="n", } 2e0 1795250600000 # {} 1
                pod_memory_working_set_bytes{pod="a\\"b\\\\c",namespace="n"} 1e3
                something_else{pod="x"} NaN
                """);

        Entity pod = entity(reading, "namespace:n/pod:a\"b\\c");
        assertThat(value(pod, CPU_USAGE)).isEqualTo(2_000_000_000L);
        assertThat(value(pod, MEMORY_WORKING_SET)).isEqualTo(1000);
    }

    @Test
    void aLineThatCannotBeUsedCostsItself() throws Exception {
        Reading reading = decode("""
                node_memory_working_set_bytes 7
                node_cpu_usage_seconds_total NaN
                pod_cpu_usage_seconds_total{pod="p"} 1
                pod_cpu_usage_seconds_total{pod="p",namespace="n} 1
                container_cpu_usage_seconds_total{pod="p",namespace="n"} 1
                node_swap_usage_bytes -3
                node_swap_usage_bytes 3 -1
                """);

        assertThat(reading.warnings())
                .containsExactlyInAnyOrder(
                        "out_of_range: node_cpu_usage_seconds_total",
                        "no_name: pod",
                        "wrong_type: pod_cpu_usage_seconds_total",
                        "no_name: container",
                        "out_of_range: node_swap_usage_bytes",
                        "implausible_time: node_swap_usage_bytes");
        assertThat(value(reading.entities().get(0), MEMORY_WORKING_SET)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"''", "<html>", "'# nothing'", "go_goroutines 3"})
    void aTextWithoutTheMetricsFailsWithDecode(String text) {
        assertThatThrownBy(() -> decode(text)).isInstanceOfSatisfying(ScrapeException.class, e -> assertThat(e.reason())
                .isEqualTo(ScrapeException.Reason.DECODE));
    }

    @Property
    void numbersAreReadExactly(
            @ForAll @BigRange(min = "0", max = "9000000000") @Scale(12) BigDecimal number,
            @ForAll @IntRange(min = 0, max = 9) int decimals) {
        long expected = number.scaleByPowerOfTen(decimals)
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
        String[] texts = {
            number.toPlainString(),
            number.unscaledValue() + "e-" + number.scale(),
            number.movePointLeft(9).toPlainString() + "E+09"
        };
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(Decimal.units(bytes, 0, bytes.length, decimals)).as(text).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "NaN", "+Inf", "1e", "1.2.3", ".", "''", "1e30", "0x10"})
    void whatIsNoNumberIsNone(String text) {
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(Decimal.units(bytes, 0, bytes.length, 0)).isEqualTo(Decimal.NONE);
    }
}
