package io.heapster.scraper.derive;

import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.CPU_USAGE_RATE;
import static io.heapster.contract.metric.Metrics.DISK_IO_READ_BYTES;
import static io.heapster.contract.metric.Metrics.DISK_IO_READ_BYTES_RATE;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS_RATE;
import static io.heapster.contract.metric.Metrics.NETWORK_RX;
import static io.heapster.contract.metric.Metrics.NETWORK_RX_RATE;
import static io.heapster.contract.metric.Metrics.NETWORK_TX_ERRORS;
import static io.heapster.contract.metric.Metrics.NETWORK_TX_ERRORS_RATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final NodeKey NODE = new NodeKey("c", "node1");
    private static final long START = 1_700_000_000_000L;
    private static final long TICK = 60_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Rates rates = new Rates(Duration.ofMinutes(3), meters);

    private Entity container(long start, long measured) {
        Entity container = Cases.container("ns1", "pod1", "c");
        container.started(start);
        container.measured(measured);
        return container;
    }

    private Entity cpu(long start, long measured, long value) {
        Entity container = container(start, measured);
        container.samples().add(CPU_USAGE, value);
        return container;
    }

    private Entity rated(long tick, Entity entity) {
        rates.rate(NODE, tick * TICK, List.of(entity));
        return entity;
    }

    private double withheld(Withheld reason) {
        return meters.get("heapster.rates.withheld")
                .tag("reason", reason.text())
                .counter()
                .count();
    }

    @Test
    void ratesOfHeapstersCase() {
        JsonNode in = Cases.read("04-rate.json").get("input");
        Entity previous = container(START, START + 3_540_000);
        Entity current = container(START, START + 3_600_000);
        for (String which : List.of("previous", "current")) {
            Entity entity = which.equals("previous") ? previous : current;
            entity.samples().add(CPU_USAGE, in.get(which).get("cpu/usage").longValue());
            entity.samples()
                    .add(
                            NETWORK_TX_ERRORS,
                            in.get(which).get("network/tx_errors").longValue());
        }

        rated(1, previous);
        rated(2, current);

        JsonNode expected = Cases.read("04-rate.json").get("expected");
        assertThat(current.samples().longOr(CPU_USAGE_RATE, -1))
                .isEqualTo(expected.get("cpu/usage_rate").get("int").longValue());
        assertThat(current.samples().doubleOr(NETWORK_TX_ERRORS_RATE, -1))
                .isEqualTo(expected.get("network/tx_errors_rate").get("float").doubleValue());
        assertThat(previous.samples().has(CPU_USAGE_RATE)).isFalse();
        assertThat(withheld(Withheld.FIRST)).isEqualTo(2);
    }

    @Test
    void aRestartWithholdsTheRateOnce() {
        rated(1, cpu(START, START + 10_000, 5_000_000_000L));

        assertThat(rated(2, cpu(START + 20_000, START + 30_000, 9_000_000_000L))
                        .samples()
                        .has(CPU_USAGE_RATE))
                .isFalse();
        assertThat(rated(3, cpu(START + 20_000, START + 40_000, 10_000_000_000L))
                        .samples()
                        .longOr(CPU_USAGE_RATE, -1))
                .isEqualTo(100);
        assertThat(withheld(Withheld.RESTARTED)).isEqualTo(1);
    }

    @Test
    void aRepeatedSampleKeepsTheOlderBase() {
        rated(1, cpu(START, START + 10_000, 1_000_000_000L));

        assertThat(rated(2, cpu(START, START + 10_000, 1_000_000_000L))
                        .samples()
                        .size())
                .isEqualTo(1);
        assertThat(rated(3, cpu(START, START + 8_000, 900_000_000L)).samples().size())
                .isEqualTo(1);
        assertThat(rated(4, cpu(START, START + 20_000, 2_000_000_000L))
                        .samples()
                        .longOr(CPU_USAGE_RATE, -1))
                .isEqualTo(100);
        assertThat(withheld(Withheld.NOT_NEWER)).isEqualTo(2);
    }

    @Test
    void aCounterThatFallsHasNoRateAndIsTheNewBase() {
        rated(1, cpu(START, START + 10_000, 5_000_000_000L));

        assertThat(rated(2, cpu(START, START + 20_000, 1_000_000_000L))
                        .samples()
                        .size())
                .isEqualTo(1);
        assertThat(rated(3, cpu(START, START + 30_000, 2_000_000_000L))
                        .samples()
                        .longOr(CPU_USAGE_RATE, -1))
                .isEqualTo(100);
        assertThat(withheld(Withheld.FELL)).isEqualTo(1);
    }

    @Test
    void theNetworkIsRatedByItsOwnClock() {
        Entity first = Cases.pod("ns1", "pod1");
        first.measured(START);
        first.networkMeasured(START - 5_000);
        first.samples().add(NETWORK_RX, 1_000);
        first.samples().add(MEMORY_PAGE_FAULTS, 0);
        Entity second = Cases.pod("ns1", "pod1");
        second.measured(START + 10_000);
        second.networkMeasured(START - 1_000);
        second.samples().add(NETWORK_RX, 2_000);
        second.samples().add(MEMORY_PAGE_FAULTS, 1);

        rated(1, first);
        rated(2, second);

        assertThat(second.samples().doubleOr(NETWORK_RX_RATE, -1)).isEqualTo(250.0);
        assertThat(second.samples().doubleOr(MEMORY_PAGE_FAULTS_RATE, -1)).isEqualTo(0.1);
    }

    @Test
    void everyDiskIsRatedAgainstItself() {
        Entity first = Cases.node("node1");
        first.measured(START);
        first.resource(disk("sda")).add(DISK_IO_READ_BYTES, 1_000_000);
        first.resource(disk("sdb")).add(DISK_IO_READ_BYTES, 10);
        Entity second = Cases.node("node1");
        second.measured(START + 1_000);
        second.resource(disk("sdb")).add(DISK_IO_READ_BYTES, 30);
        second.resource(disk("sda")).add(DISK_IO_READ_BYTES, 1_000_100);

        rated(1, first);
        rated(2, second);

        assertThat(second.resource(disk("sda")).doubleOr(DISK_IO_READ_BYTES_RATE, -1))
                .isEqualTo(100.0);
        assertThat(second.resource(disk("sdb")).doubleOr(DISK_IO_READ_BYTES_RATE, -1))
                .isEqualTo(20.0);
    }

    @Test
    void ratesGoOnFromABatchReadBackFromTheLog() throws MalformedBatchException {
        Entity logged = cpu(START, START + 10_000, 1_000_000_000L);
        SampleBatch batch = SampleBatch.ok(NODE, START, TICK, List.of(logged));

        rates.learn(new SampleBatchDecoder().decode(new SampleBatchEncoder().encode(batch)));
        Entity next = cpu(START, START + 20_000, 2_000_000_000L);
        rates.rate(NODE, START + TICK, List.of(next));

        assertThat(next.samples().longOr(CPU_USAGE_RATE, -1)).isEqualTo(100);
        assertThat(withheld(Withheld.FIRST)).isZero();
    }

    @Test
    void whatNoLongerAppearsIsForgotten() {
        for (int i = 0; i < 100; i++) {
            Entity entity = Cases.container("ns1", "pod" + i, "c");
            entity.measured(START + i * TICK);
            entity.samples().add(CPU_USAGE, 1);
            rates.rate(NODE, START + i * TICK, List.of(entity));
        }

        assertThat(rates.entities()).isLessThanOrEqualTo(4);

        rates.expire(START + 200 * TICK);
        assertThat(rates.entities()).isZero();
    }

    private static Labels disk(String name) {
        return Labels.of(LabelKey.RESOURCE_ID, name);
    }
}
