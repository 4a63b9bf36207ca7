package io.heapster.sink;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SinkServiceTest.EverythingIsAway.class)
class SinkServiceTest {

    /** Neither Kafka nor InfluxDB is there. */
    public static class EverythingIsAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port",
                    "0",
                    "kafka.bootstrap.servers",
                    "127.0.0.1:1",
                    "heapster.sink.shutdown-deadline",
                    "100ms",
                    "heapster.sink.sinks",
                    "influxdb:http://127.0.0.1:1,log:?name=newcomer");
        }
    }

    @Test
    void isReadyAndAliveWithoutKafkaAndBackend() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200).body(containsString("sink-loops"));
    }

    @Test
    void showsEachSink() {
        given().get("/api/v1/sinks")
                .then()
                .statusCode(200)
                .body("$", hasSize(2))
                .body("[0].name", equalTo("influxdb"))
                .body("[0].kind", equalTo("influxdb"))
                .body("[0].state", equalTo("STARTING"))
                .body("[0].points.written", equalTo(0))
                .body("[1].name", equalTo("newcomer"));
    }

    @Test
    void countsUnderThePromisedNames() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("heapster_sink_points_total{result=\"written\",sink=\"influxdb\"}"))
                .body(containsString("heapster_sink_write_duration_seconds_count{sink=\"influxdb\"}"))
                .body(containsString("heapster_sink_delay_seconds{sink=\"newcomer\"}"))
                .body(containsString("heapster_sink_paused{sink=\"newcomer\"}"))
                .body(containsString("heapster_sink_dead_letters_total{reason=\"refused\",sink=\"newcomer\"}"));
    }

    @Test
    void replacesNoSinksUnlessAllowed() {
        given().header("Authorization", "Bearer x")
                .body("[]")
                .post("/api/v1/sinks")
                .then()
                .statusCode(403)
                .body("error", containsString("heapster.sink.api.token-file"));
        given().get("/api/v1/sinks").then().body("$", hasSize(2));
    }

    @Test
    void everyMetricOfItsOwnIsOnThePageOfThem() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "self-metrics.md"));
        given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("# HELP heapster_"))
                .forEach(line -> {
                    String[] words = line.substring("# HELP ".length()).split(" ", 2);
                    // OpenMetrics names a counter without its suffix.
                    String name = words[0].replaceFirst("_max$", "");
                    assertThat(page).containsPattern("\\| `" + name + "(_total)?` \\|");
                    assertThat(words[1]).isNotBlank();
                });
    }
}
