package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.model.access.AccessTestResource.AccessFixture;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service with TLS, its callers' authority and a cluster's API server; it knows no samples. */
@QuarkusTest
@TestProfile(AccessControlTest.Guarded.class)
class AccessControlTest {
    private static final String NODES = "apis/metrics.k8s.io/v1beta1/nodes";
    private static final String PODS_OF_HTTP_2 = "apis/metrics.k8s.io/v1beta1/namespaces/http-2/pods";
    private static final String MODEL = "api/v1/model/nodes/";
    /** That of the model before it has read its log: the request came through. */
    private static final int NOT_CAUGHT_UP = 503;

    private static final Duration SOON = Duration.ofMinutes(2);

    public static final class Guarded implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.http.test-ssl-port", "0",
                    "kafka.bootstrap.servers", "127.0.0.1:1");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(AccessTestResource.class));
        }
    }

    @TestHTTPResource(value = "/", tls = true)
    URI tls = URI.create("");

    @TestHTTPResource("/")
    URI plain = URI.create("");

    @SuppressWarnings("NullAway.Init") // set by the test resource
    AccessFixture fixture;

    private TlsClient client(TestAuthority.Issued shown) {
        return new TlsClient(fixture.cluster(), shown);
    }

    private TlsClient nobody() {
        return new TlsClient(fixture.cluster(), null);
    }

    private int status(TlsClient client, String path, String... headers) {
        return client.get(tls + path, headers).statusCode();
    }

    @Test
    void theFrontProxyIsKnownByTheConfigMapAndItsUserByTheApiServer() {
        TlsClient proxy = client(fixture.proxies().client("front-proxy-client"));

        await().atMost(SOON).untilAsserted(() -> assertThat(status(proxy, NODES, "X-Remote-User", "alice"))
                .isNotIn(401, 403));
        assertThat(status(proxy, NODES, "X-Remote-User", "mallory")).isEqualTo(403);
        assertThat(status(nobody(), NODES, "X-Remote-User", "alice")).isEqualTo(401);
        assertThat(nobody().get(plain + NODES, "X-Remote-User", "alice").statusCode())
                .isEqualTo(401);
    }

    @Test
    void theFrontProxyIsKnownOverHttp2Too() {
        TlsClient proxy = new TlsClient(
                fixture.cluster(), fixture.proxies().client("front-proxy-client"), HttpClient.Version.HTTP_2);

        await().atMost(SOON).untilAsserted(() -> assertThat(status(proxy, NODES, "X-Remote-User", "mallory"))
                .isEqualTo(403));
        // Nobody asked for these before, so the request waits for the API server's answer.
        HttpResponse<String> response = proxy.get(tls + PODS_OF_HTTP_2, "X-Remote-User", "alice");
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(NOT_CAUGHT_UP);
    }

    @Test
    void aTokenOpensTheMetricsApiAndNotTheModel() {
        assertThat(status(nobody(), NODES, "Authorization", "Bearer t")).isNotIn(401, 403);
        assertThat(status(nobody(), MODEL, "Authorization", "Bearer t")).isEqualTo(401);
    }

    @Test
    void aCallersCertificateOpensTheModelAndNotTheMetricsApi() {
        assertThat(status(client(fixture.callers().client("grafana")), MODEL)).isEqualTo(NOT_CAUGHT_UP);
        assertThat(status(client(fixture.callers().client("mallory")), MODEL)).isEqualTo(403);
        assertThat(status(client(fixture.callers().client("grafana")), NODES)).isEqualTo(401);
        assertThat(nobody().get(plain + MODEL).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api;x/v1/model/nodes/",
                "%61pi/v1/model/nodes/",
                "q/metrics",
                "q/health/../metrics",
                "q/openapi",
                "apis;x=y/metrics.k8s.io/v1beta1/nodes",
                "apis/metrics.k8s.io;x=y/v1beta1/nodes",
                "apis%2Fmetrics.k8s.io/v1beta1/nodes",
            })
    void nobodyGetsAnythingByWritingAPathAnotherWay(String path) {
        assertThat(status(nobody(), path)).isEqualTo(401);
        assertThat(nobody().get(plain + path).statusCode()).isEqualTo(401);
    }

    @Test
    void probesAreAnsweredToAnybody() {
        assertThat(status(nobody(), "q/health/live")).isEqualTo(200);
        assertThat(nobody().get(plain + "q/health/live").statusCode()).isEqualTo(200);
        assertThat(nobody().get(plain + "healthz").body()).contains("no batch of samples yet");
    }

    @Test
    void newFilesAreServedToNewConnectionsWhileOldOnesLive() throws IOException {
        TlsClient older = client(fixture.callers().client("grafana"));
        X509Certificate before = older.shownBy(tls + MODEL);
        TestAuthority.Issued renewed = fixture.cluster().server("renewed");

        Files.writeString(fixture.certificate(), "half of a certifi");
        fixture.serve(renewed);

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        client(fixture.callers().client("grafana")).shownBy(tls + MODEL))
                .isEqualTo(renewed.certificate()));
        assertThat(older.shownBy(tls + MODEL)).isEqualTo(before);
        assertThat(status(older, MODEL)).isEqualTo(NOT_CAUGHT_UP);
        assertThat(status(client(fixture.callers().client("grafana")), MODEL)).isEqualTo(NOT_CAUGHT_UP);
    }

    @Test
    void aCertificateWithoutItsKeyIsNotTaken() throws IOException {
        X509Certificate before = nobody().shownBy(tls + "q/health/live");
        Files.writeString(
                fixture.certificate(),
                fixture.cluster().server("without its key").certificatePem());

        await().during(Duration.ofSeconds(3)).atMost(SOON).untilAsserted(() -> assertThat(
                        nobody().shownBy(tls + "q/health/live"))
                .isEqualTo(before));
    }
}
