package io.heapster.sink;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.sink.googlecloud.server.GoogleAccounts;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.LoggingService;
import io.heapster.sink.googlecloud.server.MonitoringService;
import io.heapster.sink.influxdb.server.TestCertificate;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.TestEvents;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The service as built, from Kafka to both of Google's gRPC services: Cloud Monitoring with TLS and a service account,
 * Cloud Logging in plain text.
 */
@Tag("as-built")
@QuarkusIntegrationTest
@QuarkusTestResource(value = CloudSinksIT.Google.class, restrictToAnnotatedClass = true)
class CloudSinksIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NODES = 3;
    private static final int TICKS = 4;

    private record Started(
            EmbeddedKafka kafka,
            GoogleAccounts accounts,
            MonitoringService monitoring,
            GrpcServer monitoringServer,
            LoggingService logging,
            GrpcServer loggingServer) {}

    /** Kafka and Google. */
    public static class Google implements QuarkusTestResourceLifecycleManager {
        private static @Nullable Started started;

        @Override
        public Map<String, String> start() {
            try {
                return settings();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static Map<String, String> settings()
                throws IOException, GeneralSecurityException, InterruptedException {
            Path directory = Files.createTempDirectory("google");
            EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
            Topics.create(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    List.of(Topics.SAMPLES.withPartitions(4), Topics.AGGREGATES, Topics.EVENTS, Topics.DEAD_LETTERS));
            TestCertificate certificate = TestCertificate.of(directory, "ip:127.0.0.1");
            GoogleAccounts accounts = new GoogleAccounts();
            long now = TestBatches.TICK + 3_600_000;
            MonitoringService monitoring = new MonitoringService(now);
            GrpcServer monitoringServer = new GrpcServer(
                    monitoring,
                    Optional.of(new GrpcServer.Identity(
                            certificate.certificate().toFile(),
                            certificate.key().toFile())));
            LoggingService logging = new LoggingService(now);
            GrpcServer loggingServer = new GrpcServer(logging);
            started = new Started(kafka, accounts, monitoring, monitoringServer, logging, loggingServer);
            return Map.of(
                    "quarkus.http.test-port",
                    "0",
                    "kafka.bootstrap.servers",
                    kafka.bootstrapServers(),
                    "heapster.sink.sinks[0]",
                    "gcm:?endpoint=" + monitoringServer.address() + "&credentials=" + accounts.serviceAccount(directory)
                            + "&cacert=" + certificate.certificate(),
                    "heapster.sink.sinks[1]",
                    "gcl:?plaintext=true&project=" + LoggingService.PROJECT + "&endpoint=" + loggingServer.address());
        }

        @Override
        public void stop() {
            try {
                google().monitoringServer.close();
                google().loggingServer.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            google().accounts.close();
            google().kafka.close();
        }
    }

    private static Started google() {
        return Objects.requireNonNull(Google.started);
    }

    @Test
    void everythingOnKafkaReachesBothServicesThoughTheyRefuseAtFirst() {
        // An answer with details and one without.
        google().monitoringServer.failNext("CreateTimeSeries", Status.UNAVAILABLE, 1);
        google().loggingServer.failNext("WriteLogEntries", Status.RESOURCE_EXHAUSTED.withDescription("Quota exceeded"));
        int points = produce();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(status("gcm").getLong("points.written")).isEqualTo(points);
            assertThat(status("gcl").getLong("points.written")).isEqualTo(points);
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(google().logging.entries())
                .anyMatch(entry -> entry.getLogName().endsWith("events")));
        assertThat(google().monitoring.series()).isNotEmpty();
        assertThat(status("gcm").getLong("points.rejected")).isZero();
        assertThat(status("gcl").getLong("points.rejected")).isZero();
        assertThat(google().monitoringServer.authorizations()).containsOnly("Bearer " + GoogleAccounts.TOKEN);
        assertThat(google().accounts.claims()).isNotEmpty();
    }

    /** @return how many points it wrote; events are none */
    private static int produce() {
        SampleBatchEncoder encoder = new SampleBatchEncoder();
        int points = 0;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int tick = 0; tick < TICKS; tick++) {
            for (int node = 0; node < NODES; node++) {
                SampleBatch batch = TestBatches.node("node-" + node, tick, 2);
                records.add(record(Topics.SAMPLES.name(), batch.nodeKey().recordKey(), encoder.encode(batch)));
                points += batch.sampleCount();
            }
        }
        records.add(
                record(Topics.EVENTS.name(), "web", EventCodec.encode(TestEvents.of("a", 1, "Back-off restarting"))));
        google().kafka.write(records);
        return points;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    }

    private static JsonPath status(String name) {
        JsonPath all = given().get("/api/v1/sinks").jsonPath();
        all.setRootPath("find { it.name == '" + name + "' }");
        return all;
    }
}
