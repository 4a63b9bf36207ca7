package io.heapster.scraper;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service as an application, with Kafka away: it starts, is alive and ready, and tells what it knows. */
@QuarkusTest
@TestProfile(ScraperServiceTest.KafkaAway.class)
class ScraperServiceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public static final class KafkaAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "kafka.bootstrap.servers", "127.0.0.1:1",
                    "heapster.scraper.sources[0]", "host:?node=box",
                    "heapster.metric-resolution", "5s");
        }
    }

    @Test
    void isAliveAndReadyWithoutKafka() {
        given().get("/q/health/live").then().statusCode(200).body("checks.name", hasItem("scrape-loop"));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'sources-synced' }.data.nodes", equalTo(1))
                .body("checks.find { it.name == 'sources-synced' }.data.ownedPartitions", equalTo(0));
    }

    @Test
    void listsItsTargets() {
        given().get("/api/v1/targets")
                .then()
                .statusCode(200)
                .body("", hasSize(1))
                .body("[0].node", equalTo("box"))
                .body("[0].cluster", equalTo("default"))
                .body("[0].owned", equalTo(false));
    }

    @Test
    void exportsItsSelfMetrics() {
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("heapster_scrape_duration_seconds_bucket{"))
                .body(containsString("heapster_scrape_targets{state=\"ready\"}"))
                .body(containsString("heapster_scrape_failures_total{reason=\"timeout\"}"))
                .body(containsString("heapster_ticks_skipped_total{reason=\"paused\"}"))
                .body(containsString("heapster_tick_lag_seconds"))
                .body(containsString("heapster_publish_records_total{result=\"acknowledged\"}"))
                .body(containsString("heapster_samples_dropped_total{reason=\"queue_full\",stage=\"publish\"}"))
                .body(containsString("heapster_rates_withheld_total{reason=\"fell\"}"))
                .body(containsString("heapster_owned_partitions")));
    }
}
