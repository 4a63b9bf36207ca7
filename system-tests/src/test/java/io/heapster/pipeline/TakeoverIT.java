package io.heapster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.cluster.ClusterShape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two scraper processes on one Kafka; one is killed with SIGKILL. */
class TakeoverIT {
    private static final int NODES = 40;
    private static final int RESOLUTION_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String OWNED = "heapster_owned_partitions";

    @Test
    void theNodesOfAKilledScraperMoveWithinTwoTicksAndNoRateIsMissed(@TempDir Path directory) throws IOException {
        // Sample times are the asking's own second, so that every tick could have a rate.
        ClusterShape shape = ClusterShape.of(NODES, 10).withSampleSpread(Duration.ZERO);
        try (EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
                Simulator simulator = Simulator.start(shape, Simulator.Listening.withTls())) {
            Pipeline pipeline = new Pipeline(kafka.bootstrapServers(), RESOLUTION_SECONDS);
            try (ServiceProcess killed = pipeline.scraper(simulator, directory);
                    ServiceProcess heir = pipeline.scraper(simulator, directory);
                    SampleLog log = new SampleLog(kafka.bootstrapServers())) {
                await("both own partitions")
                        .atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> killed.metric(OWNED) == 32 && heir.metric(OWNED) == 32);
                awaitTicks(log, 3);

                long killedAt = System.currentTimeMillis();
                killed.kill();

                await("all partitions at the heir").atMost(PATIENCE).until(() -> heir.metric(OWNED) == 64);
                awaitTicks(log, 6);
                assertEveryNodeIsBackWithinTwoTicks(log.read(), killedAt);
            }
        }
    }

    private static void awaitTicks(SampleLog log, int ticks) {
        long until = System.currentTimeMillis() + 1000L * ticks * RESOLUTION_SECONDS;
        await(ticks + " more ticks")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> log.read().stream().anyMatch(batch -> batch.tickMillis() >= until));
    }

    private static void assertEveryNodeIsBackWithinTwoTicks(List<SampleBatch> batches, long killedAt) {
        long resolution = RESOLUTION_SECONDS * 1000L;
        long killTick = killedAt / resolution * resolution;
        long newest = batches.stream().mapToLong(SampleBatch::tickMillis).max().orElseThrow();
        List<Long> complete = batches.stream()
                .map(SampleBatch::tickMillis)
                .filter(tick -> tick > killTick + 2 * resolution && tick < newest)
                .distinct()
                .toList();
        assertThat(complete).isNotEmpty();
        for (long tick : complete) {
            assertThat(nodes(batches, tick)).as("nodes at tick %d", tick).hasSize(NODES);
        }
        Set<String> unrated = new TreeSet<>();
        for (SampleBatch batch : batches) {
            if (batch.tickMillis() > killTick && batch.tickMillis() < newest && !nodeIsRated(batch)) {
                unrated.add(batch.node() + " at " + batch.tickMillis());
            }
        }
        assertThat(unrated).as("nodes without a rate after the kill").isEmpty();
    }

    private static Set<String> nodes(List<SampleBatch> batches, long tick) {
        return batches.stream()
                .filter(batch -> batch.tickMillis() == tick)
                .map(SampleBatch::node)
                .collect(Collectors.toSet());
    }

    private static boolean nodeIsRated(SampleBatch batch) {
        return batch.entities().stream()
                .filter(entity -> entity.type() == EntityType.NODE)
                .allMatch(entity -> entity.samples().has(Metrics.CPU_USAGE_RATE));
    }
}
