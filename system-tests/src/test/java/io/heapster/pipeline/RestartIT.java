package io.heapster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.kafka.EmbeddedKafka;
import io.heapster.oracle.Figure;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.cluster.ClusterShape;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model is killed and started again. */
class RestartIT {
    private static final int RESOLUTION_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aKilledModelHasItsHistoryAgainWhenItIsReady(@TempDir Path directory) throws IOException, InterruptedException {
        try (EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
                Simulator simulator = Simulator.start(ClusterShape.of(5, 4), Simulator.Listening.withTls())) {
            Pipeline pipeline = new Pipeline(kafka.bootstrapServers(), RESOLUTION_SECONDS);
            String node = simulator.cluster().nodes().get(0).name();
            Figure usage = Figure.of("node:" + node, "memory/usage");
            try (ServiceProcess scraper = pipeline.scraper(simulator, directory)) {
                Map<Instant, BigDecimal> nodeBefore;
                Map<Instant, BigDecimal> clusterBefore;
                try (ServiceProcess model = pipeline.model()) {
                    ModelApi api = new ModelApi(model);
                    await("some history")
                            .atMost(PATIENCE)
                            .until(() -> api.series(usage).size() >= 5);
                    nodeBefore = api.series(usage);
                    clusterBefore = api.series(Figure.of("cluster", "memory/usage"));
                    model.kill();
                }
                try (ServiceProcess model = pipeline.model().awaitReady()) {
                    ModelApi api = new ModelApi(model);

                    assertThat(api.series(usage)).containsAllEntriesOf(nodeBefore);
                    assertThat(clusterBefore).isNotEmpty();
                    assertThat(api.series(Figure.of("cluster", "memory/usage"))).containsAllEntriesOf(clusterBefore);
                }
                assertThat(scraper.metric("heapster_samples_dropped_total")).isZero();
            }
        }
    }
}
