package io.heapster.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.pipeline.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services by SASL over TLS, as they are built. */
class SecuredPipelineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RESOLUTION = "5";

    @Test
    void samplesGoFromTheScraperByTheModelAndTheSinkOverSaslAndTls(@TempDir Path directory)
            throws IOException, InterruptedException {
        try (SecuredKafka kafka = SecuredKafka.start(directory);
                ServiceProcess scraper = start("scraper-service", kafka.client("GOOD", "SCRAM-SHA-512", "heapster"));
                ServiceProcess model = start("model-service", kafka.client("GOOD", "PLAIN", "heapster"));
                ServiceProcess sink = start("sink-service", kafka.clientWithCertificate())) {
            scraper.awaitReady();
            model.awaitReady();
            sink.awaitReady();
            await("samples in the model")
                    .untilAsserted(() -> assertThat(model.get("/api/v1/model/nodes/box/metrics/memory/usage")
                                    .body())
                            .contains("\"value\""));
            await("sums published by the model, read by the sink").untilAsserted(() -> {
                assertThat(model.get("/api/v1/model/metrics/memory/nodes_usage").body())
                        .contains("\"value\"");
                assertThat(sink.metric("heapster_sink_points_total", "result=\"written\""))
                        .isPositive();
            });
        }
    }

    @Test
    void aWrongPasswordIsSaidOnceAndInReadiness(@TempDir Path directory) throws IOException, InterruptedException {
        try (SecuredKafka kafka = SecuredKafka.start(directory)) {
            Map<String, Object> wrong = kafka.client("GOOD", "SCRAM-SHA-512", "heapster");
            wrong.put("sasl.jaas.config", SecuredKafka.login("SCRAM-SHA-512", "heapster", "guessed"));
            for (String module : new String[] {"scraper-service", "model-service", "sink-service"}) {
                try (ServiceProcess service = start(module, wrong)) {
                    await(module).untilAsserted(() -> assertThat(
                                    service.get("/q/health/ready").body())
                            .contains("kafka-access", "refuses user 'heapster' by SCRAM-SHA-512"));
                    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(503);
                    assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
                    // by then it has tried more than once
                    await(module + " tries again")
                            .pollDelay(Duration.ofSeconds(4))
                            .until(() -> true);
                    assertThat(service.output()).doesNotContain("\tat org.apache.kafka", "Caused by:", "guessed");
                    // Quarkus tells of each probe that finds it not ready, too.
                    assertThat(service.output().lines())
                            .filteredOn(line -> line.contains("WARN") && line.contains("refuses user 'heapster'"))
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void anAddressThatIsNoneStopsTheStartWithOneLine() {
        for (String module : new String[] {"scraper-service", "model-service", "sink-service"}) {
            assertThat(ServiceProcess.failingStart(module, Map.of("kafka.bootstrap.servers", "nonsense")))
                    .contains("kafka.bootstrap.servers: 'nonsense' is no list of addresses, give HOST:PORT")
                    .doesNotContain("\tat ");
        }
    }

    private static ServiceProcess start(String module, Map<String, Object> kafka) {
        Map<String, String> settings = new HashMap<>();
        kafka.forEach((key, value) -> settings.put("kafka." + key, value.toString()));
        settings.put("heapster.metric-resolution", RESOLUTION + "s");
        settings.put("heapster.model.resolution", RESOLUTION + "s");
        settings.put("heapster.scraper.sources[0]", "host:?node=box");
        settings.put("heapster.sink.sinks[0]", "log:");
        return ServiceProcess.start(module, settings);
    }

    private static org.awaitility.core.ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).ignoreExceptions();
    }
}
