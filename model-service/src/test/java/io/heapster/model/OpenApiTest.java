package io.heapster.model;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi/model.yaml} is what the service serves. {@code -Dheapster.docs.write=true} writes it anew. */
@QuarkusTest
@TestProfile(BeforeCaughtUpTest.KafkaAway.class)
class OpenApiTest {
    private static final Path PAGE = Path.of("..", "docs", "openapi", "model.yaml");

    @Test
    void theCommittedDocumentIsTheOneServed() throws IOException {
        String served =
                given().get("/q/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("heapster.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, served);
        }

        assertThat(PAGE)
                .as("stale: run ./mvnw -pl model-service test -Dtest=OpenApiTest -Dheapster.docs.write=true")
                .hasContent(served);
    }

    @Test
    void everyPathOfTheModelSaysWhatItAnswersAndHowItFails() {
        Map<String, Map<String, Map<String, Object>>> paths = given().get("/q/openapi?format=json")
                .then()
                .extract()
                .jsonPath()
                .getMap("paths");

        assertThat(paths).containsKeys("/api/v1/model", "/api/v1/metric-export", "/api/v1/metric-export-schema");
        paths.forEach((path, operations) -> {
            if (path.startsWith("/api/v1/m")) {
                assertThat(operations.get("get"))
                        .as(path)
                        .extractingByKey("responses")
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsKeys("200", "304", "406", "503");
            }
        });
        List<String> ofSeries = paths.keySet().stream()
                .filter(path -> path.contains("{metric}"))
                .toList();
        assertThat(ofSeries).hasSize(6).allSatisfy(path -> assertThat(
                        given().get("/q/openapi?format=json").jsonPath().getMap("paths.'" + path + "'.get.responses"))
                .containsKey("400"));
    }
}
