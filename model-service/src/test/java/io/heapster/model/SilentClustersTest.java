package io.heapster.model;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two clusters with a node of one name, of which nothing was heard for five minutes. */
@QuarkusTest
@QuarkusTestResource(value = SilentClustersResource.class, restrictToAnnotatedClass = true)
class SilentClustersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @BeforeEach
    void isReady() {
        await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    private static JsonPath answer(String path, String cluster) {
        return given().queryParam("cluster", cluster)
                .get("/api/v1/model" + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @ParameterizedTest
    @CsvSource({"east, 100", "west, 900"})
    void nodesOfOneNameAreToldApartByTheirCluster(String cluster, int millicores) {
        assertThat(answer("/nodes/", cluster).getList("$")).asString().isEqualTo("[n1]");
        for (String entity : new String[] {"/nodes/n1", "/namespaces/shop/pods/web-n1"}) {
            assertThat(answer(entity + "/metrics/cpu/usage_rate", cluster).getList("metrics.value", Integer.class))
                    .as(entity)
                    .containsExactly(millicores);
        }
    }

    @Test
    void noneOfSeveralClustersIsMeantByARequestThatNamesNone() {
        given().get("/api/v1/model/nodes/").then().statusCode(200).body("$", empty());
    }

    @Test
    void onlyTheClusterAskedForListsWhatItHas() {
        given().get("/api/v1/model/namespaces/shop/pods/?cluster=east").then().body("$", contains("web-n1"));
        given().get("/api/v1/model/namespaces/shop/pods/?cluster=west").then().body("$", contains("web-n1"));
        given().get("/api/v1/model/namespaces/shop/pods/?cluster=north").then().body("$", empty());
    }

    @Test
    void healthzSaysSinceWhenThereIsNoNews() {
        given().get("/healthz")
                .then()
                .statusCode(500)
                .contentType(startsWith("text/plain"))
                .body(equalTo("[-]healthz failed: no current batch of samples (latest: "
                        + Instant.ofEpochMilli(SilentClustersResource.LATEST) + ")\nhealthz check failed\n"));
    }
}
