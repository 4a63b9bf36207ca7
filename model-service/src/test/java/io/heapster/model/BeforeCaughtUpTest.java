package io.heapster.model;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service while it knows nothing yet, because Kafka is away: alive, and silent rather than wrong. */
@QuarkusTest
@TestProfile(BeforeCaughtUpTest.KafkaAway.class)
class BeforeCaughtUpTest {
    public static final class KafkaAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.test-port", "0", "kafka.bootstrap.servers", "127.0.0.1:1");
        }
    }

    @Test
    void theModelAsksToTryAgainLater() {
        given().get("/api/v1/model/nodes/")
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .contentType(startsWith("text/plain"))
                .body(equalTo("the model is still reading its history from the log, try again"));
    }

    @Test
    void itIsAliveAndNotReady() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(503);
    }

    @Test
    void healthzSaysThatThereWasNothingYet() {
        given().get("/healthz")
                .then()
                .statusCode(500)
                .contentType(startsWith("text/plain"))
                .body(equalTo("[-]healthz failed: no batch of samples yet\nhealthz check failed\n"));
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
