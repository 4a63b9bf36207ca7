package io.heapster.model;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.model.json.GoTime;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every path of the model API and the export, to the byte. {@code -Dheapster.golden.write=true} writes the files anew.
 */
@QuarkusTest
@QuarkusTestResource(value = GoldenLogResource.class, restrictToAnnotatedClass = true)
class ModelGoldenTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "api");
    private static final Pattern TICK = Pattern.compile("\\$\\{(older|newer)([+-]\\d\\d:\\d\\d)?}");
    private static final String POD_LIST = "/api/v1/model/namespaces/shop/pod-list/%s/metrics/cpu/usage_rate";
    private static final String NODES = "/api/v1/model/nodes/";

    @BeforeEach
    void isReady() {
        await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    private static Response get(String path) {
        return given().urlEncodingEnabled(false).get(path);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/golden/api/requests.csv", delimiter = '|', maxCharsPerColumn = 400)
    void answersAreTheGoldenOnes(String request, int status, String name) throws IOException {
        Response response = get(withTicks(request));
        Path golden = GOLDEN.resolve(name + (status == 200 ? ".json" : ".txt"));
        if (Boolean.getBoolean("heapster.golden.write")) {
            Files.writeString(golden, withoutTicks(response.asString()));
        }

        assertThat(withoutTicks(response.asString())).isEqualTo(Files.readString(golden));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).startsWith(status == 200 ? "application/json" : "text/plain");
    }

    private static String withTicks(String request) {
        return TICK.matcher(request).replaceAll(found -> {
            long tick = found.group(1).equals("older") ? GoldenLogResource.OLDER : GoldenLogResource.NEWER;
            ZoneOffset zone = ZoneOffset.of(found.group(2) == null ? "Z" : found.group(2));
            String local = GoTime.format(tick + 1_000L * zone.getTotalSeconds()).replace("Z", "");
            return local + zone.getId().replace("+", "%2B");
        });
    }

    private static String withoutTicks(String answer) {
        return answer.replace(GoTime.format(GoldenLogResource.OLDER), "${older}")
                .replace(GoTime.format(GoldenLogResource.NEWER), "${newer}")
                .replace(GoTime.format(GoldenLogResource.STARTED), "${started}")
                .replace(GoTime.format(GoldenLogResource.STARTED + 120_000), "${started of httpd}");
    }

    @ParameterizedTest
    @CsvSource({NODES, "/api/v1/metric-export-schema", "/api/v1/model/nodes/n1/metrics/cpu/usage_rate"})
    void whoHasTheAnswerAlreadyIsToldSo(String path) {
        String tag = get(path).then().statusCode(200).extract().header("ETag");

        assertThat(tag).matches("W/\"[0-9a-f]{16}\"");
        assertThat(given().header("If-None-Match", tag)
                        .get(path)
                        .then()
                        .statusCode(304)
                        .extract()
                        .asString())
                .isEmpty();
        given().header("If-None-Match", "W/\"0\", " + tag).get(path).then().statusCode(304);
        given().header("If-None-Match", "W/\"0\"").get(path).then().statusCode(200);
    }

    @Test
    void anotherRangeIsAnotherAnswer() {
        String series = "/api/v1/model/nodes/n1/metrics/cpu/usage_rate";
        String tag = get(series).header("ETag");

        given().header("If-None-Match", tag)
                .urlEncodingEnabled(false)
                .get(series + withTicks("?end=${older}"))
                .then()
                .statusCode(200);
    }

    @Test
    void errorsAreTextHoweverTheyArePacked() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port
                        + "/api/v1/model/nodes/n1/metrics/cpu/usage_rate?start=yesterday"))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(unpacked(response)).isEqualTo(Files.readString(GOLDEN.resolve("bad-start.txt")));
    }

    @Test
    void theExportIsPackedForWhoAcceptsIt() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/v1/metric-export"))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(withoutTicks(unpacked(response))).isEqualTo(Files.readString(GOLDEN.resolve("export.json")));
    }

    private static String unpacked(HttpResponse<byte[]> response) throws IOException {
        ByteArrayInputStream body = new ByteArrayInputStream(response.body());
        boolean packed =
                response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        try (var text = packed ? new GZIPInputStream(body) : body) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }

    /** The autoscaler asks for all pods of a deployment at once and wants as many answers. */
    @Test
    void twoThousandPodsAreAskedForInOneRequest() {
        String pods = "a-deployment-with-a-long-name-5d59d67564-abcde,".repeat(1_999) + "web-1";

        Response response = get(POD_LIST.formatted(pods));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getList("items")).hasSize(2_000);
        assertThat(response.jsonPath().getList("items[1999].metrics.value", Integer.class))
                .containsExactly(869, 978);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/model", NODES, "/api/v1/model/namespaces/shop", "/api/v1/metric-export"})
    void onlyGetIsThereAndOnlyJson(String path) {
        given().post(path).then().statusCode(405);
        given().delete(path).then().statusCode(405);
        given().accept("text/html").get(path).then().statusCode(406);
        given().accept("text/html, */*;q=0.1").get(path).then().statusCode(200);
    }

    @Test
    void whatIsNoPathIsNotFound() {
        get("/api/v1/model/none").then().statusCode(404);
        get("/api/v1/model/nodes/n1/none").then().statusCode(404);
        get("/api/v1/model/namespaces/shop/pods/web-1/none").then().statusCode(404);
    }
}
