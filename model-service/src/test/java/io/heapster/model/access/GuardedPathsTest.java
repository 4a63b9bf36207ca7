package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path that the resources understand may look unguarded to the gate: only these paths are guarded, all others open. */
@QuarkusTest
@TestProfile(GuardedPathsTest.ModelOnly.class)
class GuardedPathsTest {
    public static final class ModelOnly implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "kafka.bootstrap.servers", "127.0.0.1:1",
                    "heapster.model.access.metrics-api", "delegated",
                    "heapster.model.access.delegated-paths", "/api/v1/model");
        }
    }

    @TestHTTPResource("/")
    URI root = URI.create("");

    private int status(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(root + path)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/v1/model/nodes/",
                "api/v1/model/nodes",
                "/api//v1///model/nodes/",
                "api/v1/./model/nodes/",
                "x/../api/v1/model/nodes/",
                "%61%70%69/v1/model/nodes/",
                "api/v1/mod%65l/nodes/",
                "api;a=b/v1/model/nodes/",
                "api/v1;/model;x;y=z/nodes/",
                "api/v1/model;/nodes;c=d/",
                ";/api/v1/model/nodes/",
                "healthz/../api/v1/model/nodes/",
            })
    void howeverItIsWrittenItIsGuarded(String path) throws IOException, InterruptedException {
        assertThat(status(path)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api%2Fv1/model/nodes/",
                "api/v1%2fmodel/nodes/",
                "API/v1/model/nodes/",
                "api/v1/model%3Bx/nodes/",
                "api/v1/model%00/nodes/",
                "api%5Cv1/model/nodes/",
                "%2561pi/v1/model/nodes/",
                "x;/../api/v1/model/nodes/",
                "x/..;/api/v1/model/nodes/",
                "api/v1/%2e%2e;/v1/model/nodes/",
            })
    void whatTheGateDoesNotRecognizeLeadsNowhere(String path) throws IOException, InterruptedException {
        assertThat(status(path)).isIn(400, 401, 404);
    }

    @Test
    void otherPathsStayOpen() throws IOException, InterruptedException {
        assertThat(status("healthz")).isEqualTo(500);
        assertThat(status("q/health/live")).isEqualTo(200);
    }
}
