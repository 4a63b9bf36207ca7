package io.heapster.sink;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import io.heapster.sink.spi.TestBatches;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code POST /api/v1/sinks} with a real Kafka and a real InfluxDB. */
@QuarkusTest
@QuarkusTestResource(value = SinkReplacementIT.Backends.class, restrictToAnnotatedClass = true)
class SinkReplacementIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int NODES = 6;
    private static final int POINTS = TestBatches.node("any", 0, 2).sampleCount();

    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private static int tick;

    private record Started(EmbeddedKafka kafka, InfluxDbServer influxDb, Path tokenFile) {}

    /** Kafka, InfluxDB, a token, and one sink from the start. */
    public static class Backends implements QuarkusTestResourceLifecycleManager {
        private static @Nullable Started started;

        @Override
        public Map<String, String> start() {
            try {
                EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
                Topics.create(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        List.of(Topics.SAMPLES.withPartitions(4), Topics.AGGREGATES, Topics.DEAD_LETTERS));
                Path tokenFile = Files.writeString(Files.createTempFile("token", ""), TOKEN);
                started = new Started(kafka, InfluxDbServer.start(), tokenFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return Map.of(
                    "quarkus.http.test-port",
                    "0",
                    "kafka.bootstrap.servers",
                    backends().kafka.bootstrapServers(),
                    "heapster.sink.api.token-file",
                    backends().tokenFile.toString(),
                    "heapster.sink.sinks[0]",
                    uri("first"));
        }

        @Override
        public void stop() {
            try {
                backends().influxDb.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            backends().kafka.close();
        }
    }

    private static Started backends() {
        return Objects.requireNonNull(Backends.started);
    }

    @AfterEach
    void leaveOne() throws Exception {
        backends().influxDb.resume();
        replace(uri("first")).statusCode(200);
    }

    @Test
    void sinksThatStayGoOnThoseThatGoCommitAndNewOnesStart() throws Exception {
        replace(uri("first"), uri("second")).statusCode(200);
        produceTicks(20);
        awaitWritten("second", everything());

        produceTicks(20);
        replace(uri("second"), uri("third")).statusCode(200).body(equalTo(""));

        assertThat(names()).containsExactly("second", "third");
        given().get("/q/metrics").then().body(not(containsString("sink=\"first\"")));
        awaitWritten("second", everything());
        awaitWritten("third", everything());
        assertThat(status("second").getLong("points.retried")).isZero();

        long goneOnAt = committed("first");
        assertThat(stored("first")).isEqualTo(goneOnAt);
        replace(uri("second"), uri("third"), uri("first") + "&concurrency=2").statusCode(200);
        long left = everything() - goneOnAt * POINTS;
        awaitWritten("first", left);
        assertThat(stored("first")).isEqualTo((long) tick * NODES);
        given().get("/q/metrics").then().body(containsString("heapster_sink_delay_seconds{sink=\"first\"}"));
    }

    @Test
    void aSinkWhoseBackendIsAwayIsReplacedInTimeAndLosesNothing() throws Exception {
        produceTicks(5);
        backends().influxDb.stop();
        produceTicks(5);
        await().atMost(PATIENCE).until(() -> !"RUNNING".equals(status("first").getString("state")));
        replace("log").statusCode(200);
        assertThat(names()).containsExactly("log");
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);

        backends().influxDb.resume();
        replace(uri("first")).statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored("first")).isEqualTo((long) tick * NODES));
    }

    @Test
    void aWrongUriChangesNothing() {
        replace("log", "influxdb:http://db:8086?retention=soon&pw=geheim")
                .statusCode(400)
                .body(
                        "error",
                        allOf(
                                containsString("sink 2, influxdb:http://db:8086: option retention"),
                                containsString("give"),
                                containsString("nothing was changed"),
                                not(containsString("geheim"))));
        replace("bigquery:x")
                .statusCode(400)
                .body("error", containsString("use one of gcl, gcm, influxdb, log, stackdriver"));
        replace("log:?name=first", "log:?name=first").statusCode(400);
        post("Bearer " + TOKEN, "{\"sinks\":[]}").statusCode(400).body("error", containsString("JSON array"));
        post("Bearer " + TOKEN, "[\"log\", 7]").statusCode(400).body("error", containsString("sink 2"));
        post("Bearer " + TOKEN, "[").statusCode(400);
        post("Bearer " + TOKEN, "").statusCode(400);
        assertThat(names()).containsExactly("first");
    }

    @Test
    void whoeverShowsNoTokenOrAnotherIsToldWhere() throws IOException {
        post(null, "[]")
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("error", containsString("heapster.sink.api.token-file"));
        post("Bearer 0123456789abcdef", "[]").statusCode(401);
        Files.writeString(backends().tokenFile, "rotated-0123456789abcdef");
        post("Bearer " + TOKEN, "[]").statusCode(401);
        Files.writeString(backends().tokenFile, "");
        post("Bearer ", "[]")
                .statusCode(503)
                .body("error", not(containsString(backends().tokenFile.toString())));
        Files.writeString(backends().tokenFile, TOKEN);
        assertThat(names()).containsExactly("first");
    }

    private static String uri(String name) {
        return "influxdb:" + backends().influxDb.address() + "?name=" + name + "&schema=v1&db=" + name;
    }

    private static ValidatableResponse replace(String... uris) {
        return post("Bearer " + TOKEN, "[\"" + String.join("\",\"", uris) + "\"]");
    }

    private static ValidatableResponse post(@Nullable String authorization, String body) {
        var request = given().body(body);
        return (authorization == null ? request : request.header("Authorization", authorization))
                .post("/api/v1/sinks")
                .then();
    }

    private static List<String> names() {
        return given().get("/api/v1/sinks").jsonPath().getList("name");
    }

    private static JsonPath status(String name) {
        JsonPath all = given().get("/api/v1/sinks").jsonPath();
        all.setRootPath("find { it.name == '" + name + "' }");
        return all;
    }

    private static void awaitWritten(String name, long points) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(name).getLong("points.written"))
                .isEqualTo(points));
    }

    private void produceTicks(int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int end = tick + count; tick < end; tick++) {
            for (int node = 0; node < NODES; node++) {
                SampleBatch batch = TestBatches.node("node-" + node, tick, 2);
                byte[] key = batch.nodeKey().recordKey().getBytes(UTF_8);
                records.add(new ProducerRecord<>(Topics.SAMPLES.name(), key, encoder.encode(batch)));
            }
        }
        backends().kafka.write(records);
    }

    private static long everything() {
        return (long) tick * NODES * POINTS;
    }

    /** Ticks of all nodes: one point of a node each. */
    private static long stored(String database) throws Exception {
        return backends()
                .influxDb
                .names(database, "SELECT value FROM \"memory/usage\" WHERE type = 'node'")
                .size();
    }

    /** Records committed, of all partitions. */
    private static long committed(String name) throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", backends().kafka.bootstrapServers());
        try (Admin admin = Admin.create(ClientProperties.admin(properties))) {
            long committed = 0;
            for (var offset : admin.listConsumerGroupOffsets("heapster-sink-" + name)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()) {
                committed += offset.offset();
            }
            return committed;
        }
    }
}
