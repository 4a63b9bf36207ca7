package io.heapster.model;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = SampleLogResource.class, restrictToAnnotatedClass = true)
class ModelApiTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String EMPTY = "{\n  \"metrics\": [],\n  \"latestTimestamp\": \"0001-01-01T00:00:00Z\"\n }";
    private static final String POD = "/namespaces/shop/pods/web-n1";
    private static final String OLDER = time(SampleLogResource.OLDER);
    private static final String NEWER = time(SampleLogResource.NEWER);

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static Response get(String path) {
        return given().urlEncodingEnabled(false).get("/api/v1/model" + path);
    }

    private static String body(String path) {
        Response response = get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo("application/json");
        return response.asString();
    }

    private static String compact(String path) {
        return body(path).replaceAll("\\s", "");
    }

    private static String series(String first, String second) {
        return "{\n  \"metrics\": [\n   {\n    \"timestamp\": \"" + OLDER + "\",\n    \"value\": " + first
                + "\n   },\n   {\n    \"timestamp\": \"" + NEWER + "\",\n    \"value\": " + second
                + "\n   }\n  ],\n  \"latestTimestamp\": \"" + NEWER + "\"\n }";
    }

    @BeforeEach
    void isReady() {
        await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | [metrics/,stats/,namespaces/,nodes/]",
                "/nodes | [n1,n2]",
                "/nodes/ | [n1,n2]",
                "/nodes/n1/metrics/ | [cpu/usage_rate,network/rx_rate]",
                "/nodes/n1/freecontainers | [system.slice/ssh.service]",
                "/nodes/host-n1/freecontainers/ | [system.slice/ssh.service]",
                "/nodes/n1/freecontainers/system.slice/ssh.service/metrics | [cpu/usage_rate,network/rx_rate]",
                "/nodes/n1/freecontainers/system.slice%2Fssh.service/metrics/ | [cpu/usage_rate,network/rx_rate]",
                "/namespaces/ | [shop]",
                "/namespaces/shop/pods | [web-n1,web-n2]",
                "/namespaces/none/pods | []",
                "/namespaces/shop/pods/web-n1/metrics | [cpu/usage_rate,network/rx_rate]",
                "/namespaces/shop/pods/web-n1/containers | [httpd]",
                "/namespaces/shop/pods/web-n1/containers/httpd/metrics"
                        + " | [cpu/usage_rate,filesystem/inodes,filesystem/usage,network/rx_rate]",
                "/nodes/?cluster=default | [n1,n2]",
                "/nodes/?cluster=other | []",
                "/nodes/none/metrics | []",
            })
    void listsAreSorted(String path, String expected) {
        assertThat(compact(path).replace("\"", "")).isEqualTo(expected);
    }

    @Test
    void allKeysAreListed() {
        assertThat(compact("/debug/allkeys"))
                .contains(
                        "\"cluster\"",
                        "\"namespace:shop/pod:web-n1/container:httpd\"",
                        "\"node:n1/container:system.slice/ssh.service\"");
    }

    @ParameterizedTest
    @CsvSource({
        POD + "/metrics/cpu/usage_rate",
        POD + "/metrics/cpu/usage_rate/",
        POD + "/metrics/cpu%2Fusage_rate",
        POD + "/metrics/cpu-usage",
        POD + "/containers/httpd/metrics/cpu/usage_rate",
        "/nodes/n1/metrics/cpu/usage_rate",
        "/nodes/host-n1/metrics/cpu/usage_rate",
    })
    void aSeriesIsAnsweredToTheByte(String path) {
        assertThat(body(path)).isEqualTo(series("869", "978"));
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes/n1/freecontainers/system.slice/ssh.service/metrics/cpu/usage_rate",
        "/nodes/n1/freecontainers/system.slice%2Fssh.service/metrics/cpu/usage_rate",
    })
    void aContainerWithSlashesInItsNameIsReached(String path) {
        assertThat(body(path)).isEqualTo(series("1", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/namespaces/none/pods/p/metrics/cpu/usage_rate",
        POD + "/metrics/none",
        POD + "/containers/none/metrics/cpu/usage_rate",
        POD + "/containers/httpd/metrics/filesystem/usage",
        POD + "/containers/httpd/metrics/filesystem/usage?labels=resource_id:none",
        POD + "/metrics/cpu/usage_rate?start=2100-01-01T00:00:00Z",
    })
    void whatIsNotThereIsAnEmptySeries(String path) {
        assertThat(body(path)).isEqualTo(EMPTY);
    }

    @Test
    void startAndEndAreInclusive() {
        String path = POD + "/metrics/cpu/usage_rate";
        assertThat(body(path + "?start=" + NEWER)).doesNotContain(OLDER).contains(NEWER);
        assertThat(body(path + "?end=" + OLDER)).contains(OLDER).doesNotContain(NEWER);
        assertThat(body(path + "?start=" + OLDER + "&end=" + NEWER)).isEqualTo(series("869", "978"));
    }

    @Test
    void aFloatKeepsItsFraction() {
        assertThat(compact(POD + "/metrics/network/rx_rate")).contains("\"value\":978,\"floatValue\":978.6}");
    }

    @Test
    void labelsChooseTheResourceAndASingleOneNeedsNone() {
        String container = POD + "/containers/httpd/metrics/";
        assertThat(body(container + "filesystem/usage?labels=resource_id:/")).isEqualTo(series("4096", "4096"));
        assertThat(body(container + "filesystem/inodes")).isEqualTo(series("99", "99"));
    }

    @Test
    void podListsKeepTheOrderAskedForAndAreCompact() {
        String point = "{\"timestamp\":\"%s\",\"value\":%d}";
        assertThat(body("/namespaces/shop/pod-list/none,web-n1/metrics/cpu-usage"))
                .isEqualTo("{\"items\":[{\"metrics\":[],\"latestTimestamp\":\"0001-01-01T00:00:00Z\"},{\"metrics\":["
                        + String.format(point, OLDER, 869) + "," + String.format(point, NEWER, 978)
                        + "],\"latestTimestamp\":\"" + NEWER + "\"}]}\n");
    }

    @Test
    void sumsComeBackThroughTheLog() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(body("/metrics/cpu/usage_rate")).isEqualTo(series("969", "1178"));
            assertThat(body("/namespaces/shop/metrics/cpu/usage_rate")).isEqualTo(series("969", "1178"));
        });
        assertThat(compact("/metrics/"))
                .isEqualTo("[\"cpu/nodes_usage_rate\",\"cpu/usage_rate\",\"network/nodes_rx_rate\",\"network/rx_rate\","
                        + "\"nodes/covered\",\"nodes/known\"]");
        assertThat(body("/metrics/cpu/nodes_usage_rate")).isEqualTo(series("969", "1178"));
        assertThat(compact("/namespaces/shop/metrics/"))
                .isEqualTo("[\"cpu/usage_rate\",\"network/rx_rate\",\"nodes/covered\",\"nodes/known\"]");
        assertThat(body("/namespaces/shop/metrics/nodes/covered")).isEqualTo(series("2", "2"));
    }

    @Test
    void aBadTimeOrLabelIsRefusedInGosWords() {
        get(POD + "/metrics/cpu/usage_rate?start=yesterday")
                .then()
                .statusCode(400)
                .contentType(startsWith("text/plain"))
                .body(equalTo("timestamp argument cannot be parsed: parsing time \"yesterday\" as"
                        + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\""));
        get("/namespaces/none/pods/p/metrics/filesystem/usage?labels=bad")
                .then()
                .statusCode(400)
                .contentType(startsWith("text/plain"))
                .body(equalTo("invalid label pair \"bad\""));
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "identity, ''"})
    void answersArePackedForWhoAcceptsIt(String accepted, String encoding) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + RestAssured.port + "/api/v1/model" + POD + "/metrics/cpu-usage"))
                .header("Accept-Encoding", accepted)
                .build();
        HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Encoding").orElse("")).isEqualTo(encoding);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(unpacked(response.body(), encoding)).isEqualTo(series("869", "978"));
    }

    private static String unpacked(byte[] body, String encoding) throws IOException {
        InputStream bytes = new ByteArrayInputStream(body);
        try (InputStream text = encoding.isEmpty() ? bytes : new GZIPInputStream(bytes)) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }

    @Test
    void onlyGetIsThereAndOnlyJson() {
        given().post("/api/v1/model/nodes/").then().statusCode(405);
        given().accept("text/html").get("/api/v1/model/nodes/").then().statusCode(406);
        get("/none").then().statusCode(404);
    }

    @Test
    void healthzSaysWhetherThereIsNews() {
        given().get("/healthz").then().statusCode(200).body(equalTo("ok"));
        given().get("/healthz/healthz").then().statusCode(200).body(equalTo("ok"));
        given().get("/q/health/live").then().statusCode(200).body(containsString("ingest-loop"));
    }

    @Test
    void theModelTellsAboutItself() {
        // Entities are counted every 30 s.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                        .contains(
                                "heapster_model_entities{type=\"pod\"} 2.0",
                                "heapster_model_undecodable_records_total 1.0",
                                "heapster_model_rejected_points_total{reason=\"old\"} 0.0",
                                "heapster_model_last_batch_timestamp_seconds",
                                "heapster_model_lag_records"));
    }

    @Test
    void theApiIsDescribed() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/model/namespaces/{namespace}/pod-list/{pods}/metrics/{metric}"));
    }
}
