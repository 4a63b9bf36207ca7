package io.heapster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.oracle.Figure;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./heapster up} runs, on this very machine. */
class StandaloneIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Map<String, String> RESOLUTION =
            Map.of("heapster.metric-resolution", "5s", "heapster.model.resolution", "5s");

    @Test
    void aNewcomerSeesThisMachineAndItsHistoryOutlivesARestart(@TempDir Path directory) {
        String data = "--data_dir=" + directory;
        Map<Instant, BigDecimal> before;
        try (ServiceProcess heapster = ServiceProcess.start("standalone", RESOLUTION, data, "--source=host")) {
            ModelApi api = new ModelApi(heapster);
            await("this machine")
                    .atMost(PATIENCE)
                    .until(() -> api.list("nodes/").size() == 1);
            String node = "node:" + api.list("nodes/").get(0);
            await("growing series").atMost(PATIENCE).untilAsserted(() -> {
                for (Figure figure : List.of(
                        Figure.of(node, "cpu/usage_rate"),
                        Figure.of(node, "memory/working_set"),
                        Figure.of(node, "network/rx"),
                        Figure.of(node, "filesystem/usage", "/"))) {
                    assertThat(api.series(figure)).as(figure.toString()).hasSizeGreaterThanOrEqualTo(3);
                }
            });
            assertThat(api.series(Figure.of(node, "memory/working_set")).values())
                    .allMatch(used -> used.signum() > 0);
            assertThat(api.list("nodes/" + node.substring("node:".length()) + "/freecontainers/"))
                    .isNotEmpty();
            before = api.series(Figure.of(node, "memory/working_set"));
        }
        try (ServiceProcess heapster = ServiceProcess.start("standalone", RESOLUTION, data, "--source=host")) {
            heapster.awaitReady();
            ModelApi api = new ModelApi(heapster);
            String node = api.list("nodes/").get(0);

            assertThat(api.series(Figure.of("node:" + node, "memory/working_set")))
                    .containsAllEntriesOf(before);
        }
    }

    @Test
    void oneOptionPutsThePointsIntoInfluxDbUnderTheUsersNames(@TempDir Path directory)
            throws IOException, InterruptedException {
        try (InfluxDbServer influx = InfluxDbServer.start();
                ServiceProcess heapster = ServiceProcess.start(
                        "standalone",
                        RESOLUTION,
                        "--data_dir=" + directory,
                        "--source=host",
                        "--sink=influxdb:" + influx.address())) {
            await("the user's storage schema")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(influx.names("k8s", "SHOW MEASUREMENTS"))
                            .contains(
                                    "cpu/usage_ns_cumulative",
                                    "filesystem/usage_bytes_gauge",
                                    "memory/page_faults_cumulative",
                                    "memory/usage_bytes_gauge",
                                    "memory/working_set_bytes_gauge",
                                    "network/rx_bytes_cumulative",
                                    "network/rx_errors_cumulative",
                                    "network/tx_bytes_cumulative",
                                    "network/tx_errors_cumulative",
                                    "uptime_ms_cumulative"));
            assertThat(heapster.metric("heapster_sink_points_total", "result=\"rejected\""))
                    .isZero();
        }
    }
}
