package io.heapster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.Fault;
import io.heapster.simulator.cluster.SimulatedPod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100 nodes of 30 pods at 10 s, 5 % of them hanging and 2 % sending broken JSON. */
class FaultyNodesIT {
    private static final int NODES = 100;
    private static final int RESOLUTION_SECONDS = 10;
    private static final int WHOLE_TICKS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void failingNodesCostTheirOwnSamplesAndNothingElse(@TempDir Path directory) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
                Simulator simulator = Simulator.start(ClusterShape.of(NODES, 30), Simulator.Listening.withTls())) {
            List<String> hanging = simulator.cluster().spread(new Fault.Hang(), 0.05);
            List<String> broken = simulator.cluster().spread(new Fault.Truncated(), 0.02);
            assertThat(hanging).hasSize(5).doesNotContainAnyElementsOf(broken);
            assertThat(broken).hasSize(2);
            Pipeline pipeline = new Pipeline(kafka.bootstrapServers(), RESOLUTION_SECONDS);
            try (ServiceProcess scraper = pipeline.scraper(simulator, directory);
                    SampleLog log = new SampleLog(kafka.bootstrapServers())) {
                NavigableMap<Long, List<SampleBatch>> ticks = await("whole ticks")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> wholeTicks(log.read()), found -> found.size() >= WHOLE_TICKS);

                ticks.values().forEach(batches -> assertEveryNodeAnswered(batches, hanging, broken));
                assertRatesAreTrue(simulator, ticks.lastEntry().getValue());
                assertCountersAgree(scraper, log);
            }
        }
    }

    /** Ticks behind the first, which may have begun before discovery ended, and before the last, which may go on. */
    private static NavigableMap<Long, List<SampleBatch>> wholeTicks(List<SampleBatch> batches) {
        TreeMap<Long, List<SampleBatch>> ticks =
                new TreeMap<>(batches.stream().collect(Collectors.groupingBy(SampleBatch::tickMillis)));
        if (ticks.size() < 3) {
            return new TreeMap<>();
        }
        return ticks.subMap(ticks.firstKey(), false, ticks.lastKey(), false);
    }

    private static void assertEveryNodeAnswered(List<SampleBatch> tick, List<String> hanging, List<String> broken) {
        assertThat(tick).extracting(SampleBatch::node).hasSize(NODES).doesNotHaveDuplicates();
        for (SampleBatch batch : tick) {
            if (hanging.contains(batch.node())) {
                assertThat(batch.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(batch.reason()).startsWith("timeout");
            } else if (broken.contains(batch.node())) {
                assertThat(batch.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(batch.reason()).startsWith("decode");
            } else {
                assertThat(batch.outcome()).as(batch.reason()).isEqualTo(Outcome.OK);
                assertThat(batch.entities().stream().filter(entity -> entity.type() == EntityType.POD))
                        .hasSize(30);
            }
        }
    }

    /** Each rate is what the simulator says the counter grows by. */
    private static void assertRatesAreTrue(Simulator simulator, List<SampleBatch> tick) {
        Map<String, SimulatedPod> pods =
                simulator.cluster().pods().stream().collect(Collectors.toMap(SimulatedPod::uid, pod -> pod));
        Set<String> rated = new HashSet<>();
        for (SampleBatch batch : tick) {
            for (Entity entity : batch.entities()) {
                int rate = entity.samples().indexOf(Metrics.CPU_USAGE_RATE);
                if (entity.type() == EntityType.POD_CONTAINER && rate >= 0) {
                    SimulatedPod pod = Objects.requireNonNull(pods.get(entity.label(LabelKey.POD_ID)));
                    long truth = simulator
                            .truth()
                            .cpuUsageRateMillicores(pod.container(entity.label(LabelKey.CONTAINER_NAME)));
                    assertThat(entity.samples().longValue(rate))
                            .as(entity.key())
                            .isBetween(truth - 1, truth + 1);
                    rated.add(entity.key());
                }
            }
        }
        assertThat(rated).hasSizeGreaterThan(NODES);
    }

    private static void assertCountersAgree(ServiceProcess scraper, SampleLog log) {
        await("counters").atMost(PATIENCE).untilAsserted(() -> {
            long timeouts = log.read().stream()
                    .filter(batch -> batch.reason().startsWith("timeout"))
                    .count();
            long undecodable = log.read().stream()
                    .filter(batch -> batch.reason().startsWith("decode"))
                    .count();
            assertThat(scraper.metric("heapster_scrape_failures_total", "reason=\"timeout\""))
                    .isEqualTo((double) timeouts);
            assertThat(scraper.metric("heapster_scrape_failures_total", "reason=\"decode\""))
                    .isEqualTo((double) undecodable);
            assertThat(scraper.metric("heapster_samples_dropped_total")).isZero();
        });
    }
}
