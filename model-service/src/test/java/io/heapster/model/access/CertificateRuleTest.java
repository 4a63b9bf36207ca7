package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heapster's own rule, over real handshakes. */
class CertificateRuleTest {
    private static final String PATH = "/api/v1/model/metrics";

    private final Vertx vertx = Vertx.vertx();
    private final TestAuthority servers = new TestAuthority("servers");
    private final TestAuthority callers = new TestAuthority("callers");

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private GuardedServer server(String... allowedUsers) {
        CertificateAuthority authority = CertificateAuthority.of(callers.pem());
        AccessGate gate = new AccessGate(
                List.of(),
                null,
                new CertificateRule(() -> authority, Set.of(allowedUsers)),
                new AccessMetrics(new SimpleMeterRegistry()));
        return new GuardedServer(vertx, gate, servers.server("localhost"));
    }

    private static void assertAnswer(HttpResponse<String> response, int status, String body) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void whoShowsNoCertificateIsUnauthorized() {
        GuardedServer server = server("alice");
        TlsClient nobody = new TlsClient(servers, null);

        assertAnswer(nobody.get(server.tls(PATH)), 401, "Unauthorized\n");
        assertAnswer(nobody.get(server.plain(PATH)), 401, "Unauthorized\n");
    }

    @Test
    void oneOfTheAllowedUsersIsLetIn() {
        assertAnswer(
                new TlsClient(servers, callers.client("bob"))
                        .get(server("alice", "bob").tls(PATH)),
                200,
                "let in");
    }

    @Test
    void anotherUserIsForbidden() {
        assertAnswer(
                new TlsClient(servers, callers.client("mallory"))
                        .get(server("alice", "bob").tls(PATH)),
                403,
                "Forbidden\n");
    }

    @Test
    void withoutAllowedUsersAnyoneWithACertificateIsLetIn() {
        assertAnswer(new TlsClient(servers, callers.client("mallory")).get(server().tls(PATH)), 200, "let in");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNone() {
        assertAnswer(
                new TlsClient(servers, servers.client("alice"))
                        .get(server("alice").tls(PATH)),
                401,
                "Unauthorized\n");
    }

    @Test
    void anExpiredCertificateIsNone() {
        assertAnswer(
                new TlsClient(servers, callers.client(TestAuthority.expired(), "alice"))
                        .get(server("alice").tls(PATH)),
                401,
                "Unauthorized\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/livez", "/readyz", "/q/health", "/q/health/live", "/q/health/ready"})
    void probesShowNothing(String path) {
        GuardedServer server = server("alice");
        TlsClient probe = new TlsClient(servers, null);

        assertAnswer(probe.get(server.tls(path)), 200, "let in");
        assertAnswer(probe.get(server.plain(path)), 200, "let in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz;/../api/v1/model/metrics",
                "/healthz/../api/v1/model/metrics",
                "/q/health/%2e%2e/metrics",
                "/q/metrics",
                "/healthz;x",
                "/",
            })
    void whatOnlyLooksLikeAProbeIsNone(String path) {
        assertThat(new TlsClient(servers, null).get(server("alice").tls(path)).statusCode())
                .isEqualTo(401);
    }
}
