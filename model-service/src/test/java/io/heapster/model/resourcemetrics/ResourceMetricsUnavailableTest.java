package io.heapster.model.resourcemetrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before the history was read there is no answer rather than an empty one; what is served is said all the same. */
@QuarkusTest
@TestProfile(ResourceMetricsUnavailableTest.KafkaAway.class)
class ResourceMetricsUnavailableTest {
    public static final class KafkaAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.test-port", "0", "kafka.bootstrap.servers", "127.0.0.1:1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nodes", "/nodes/n", "/pods", "/namespaces/shop/pods", "/namespaces/shop/pods/p"})
    void theClientIsToldToTryAgain(String path) {
        Response kubernetes = given().get("/apis/metrics.k8s.io/v1beta1" + path);
        assertThat(kubernetes.statusCode()).isEqualTo(503);
        assertThat(kubernetes.header("Retry-After")).isEqualTo("2");
        assertThat(kubernetes.asString())
                .isEqualTo(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":"
                                + "\"the model is still reading its history from the log\",\"reason\":\"ServiceUnavailable\","
                                + "\"details\":{\"retryAfterSeconds\":2},\"code\":503}\n");
        Response heapster = given().get("/apis/metrics/v1alpha1" + path);
        assertThat(heapster.statusCode()).isEqualTo(503);
        assertThat(heapster.header("Retry-After")).isEqualTo("2");
        assertThat(heapster.asString()).isEqualTo("the model is still reading its history from the log");
    }

    @Test
    void discoveryIsAnswered() {
        assertThat(given().get("/apis/metrics.k8s.io/v1beta1").statusCode()).isEqualTo(200);
        assertThat(given().get("/apis/metrics.k8s.io").statusCode()).isEqualTo(200);
        assertThat(given().get("/apis").statusCode()).isEqualTo(200);
    }
}
