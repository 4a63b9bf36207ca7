package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics API's rule, over real handshakes, with an API server that speaks the real protocol. */
class DelegatedRuleTest {
    private static final String NODES = "/apis/metrics.k8s.io/v1beta1/nodes";
    private static final String DISCOVERY = "/apis/metrics.k8s.io/v1beta1";
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    private final Vertx vertx = Vertx.vertx();
    private final FakeApiServer apiServer = new FakeApiServer(vertx);
    private final TestClock clock = new TestClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AccessMetrics metrics = new AccessMetrics(registry);
    private final TestAuthority cluster = new TestAuthority("kubernetes");
    private final TestAuthority proxies = new TestAuthority("front-proxy-ca");
    private final Config config = new ConfigBuilder(Config.empty())
            .withMasterUrl(apiServer.url())
            .withOauthToken(FakeApiServer.OWN_TOKEN)
            .build();
    private final ApiServer asked = new ApiServer(vertx, config, DEADLINE, metrics);
    private final AuthorityReader authorities = new AuthorityReader(asked::authenticationConfig);
    private final AccessGate gate = new AccessGate(
            List.of("/apis/metrics.k8s.io"),
            new DelegatedRule(
                    authorities,
                    new RememberedReviews(
                            asked, 100, clock, Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(30))),
            null,
            metrics);
    private final GuardedServer server = new GuardedServer(vertx, gate, cluster.server("localhost"));
    private final TlsClient nobody = new TlsClient(cluster, null);
    private final TlsClient frontProxy = new TlsClient(cluster, proxies.client("front-proxy-client"));

    @BeforeEach
    void readAuthorities() {
        apiServer.config(proxies, cluster);
        reread();
    }

    @AfterEach
    void close() {
        asked.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void reread() {
        authorities.reread().toCompletableFuture().join();
    }

    private static void assertLetIn(HttpResponse<String> response) {
        assertThat(response.body()).isEqualTo("let in");
    }

    private static String refused(HttpResponse<String> response, int status, String reason) {
        JsonObject body = new JsonObject(response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(body.getString("kind")).isEqualTo("Status");
        assertThat(body.getInteger("code")).isEqualTo(status);
        assertThat(body.getString("reason")).isEqualTo(reason);
        return body.getString("message");
    }

    private static String unauthorized(HttpResponse<String> response) {
        return refused(response, 401, "Unauthorized");
    }

    private static String unavailable(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        return refused(response, 503, "ServiceUnavailable");
    }

    private double counted(String verdict) {
        return registry.get("heapster.model.access.requests")
                .tag("verdict", verdict)
                .counter()
                .count();
    }

    @Test
    void theFrontProxySpeaksForTheUserItNames() {
        apiServer.allow("alice list pods");

        assertLetIn(frontProxy.get(
                server.tls("/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods"),
                "X-Remote-User",
                "alice",
                "X-Remote-Group",
                "dev",
                "X-Remote-Group",
                "system:authenticated",
                "X-Remote-Extra-Acme.com%2FProject",
                "p1"));

        assertThat(apiServer.accessReviews())
                .containsExactly(new JsonObject()
                        .put("user", "alice")
                        .put("groups", new JsonArray(List.of("dev", "system:authenticated")))
                        .put("extra", new JsonObject().put("acme.com/project", new JsonArray(List.of("p1"))))
                        .put(
                                "resourceAttributes",
                                new JsonObject(Map.of(
                                        "verb", "list",
                                        "group", "metrics.k8s.io",
                                        "version", "v1beta1",
                                        "resource", "pods",
                                        "subresource", "",
                                        "namespace", "shop",
                                        "name", ""))));
        assertThat(apiServer.tokenReviews()).isEmpty();
        assertThat(counted("admitted")).isEqualTo(1);
    }

    @Test
    void forgedHeadersWithoutACertificateAreWorthNothing() {
        apiServer.allow("admin list nodes");

        assertThat(unauthorized(nobody.get(server.tls(NODES), "X-Remote-User", "admin")))
                .contains("nothing says who asks");
        unauthorized(nobody.get(server.plain(NODES), "X-Remote-User", "admin", "X-Remote-Group", "system:masters"));

        assertThat(apiServer.accessReviews()).isEmpty();
        assertThat(counted("unauthenticated")).isEqualTo(2);
    }

    @Test
    void forgedHeadersBesideAUsersCertificateAreWorthNothing() {
        apiServer.allow("admin list nodes");
        TlsClient mallory = new TlsClient(cluster, cluster.client("mallory", "dev"));

        refused(
                mallory.get(server.tls(NODES), "X-Remote-User", "admin", "X-Remote-Group", "system:masters"),
                403,
                "Forbidden");

        assertThat(apiServer.accessReviews().get(0).getString("user")).isEqualTo("mallory");
        assertThat(apiServer.accessReviews().get(0).getJsonArray("groups"))
                .containsExactly("dev", "system:authenticated");
    }

    @Test
    void forgedHeadersBesideATokenAreWorthNothing() {
        apiServer.token("t", "mallory");
        apiServer.allow("admin list nodes");

        refused(nobody.get(server.tls(NODES), "X-Remote-User", "admin", "Authorization", "Bearer t"), 403, "Forbidden");
    }

    @Test
    void theClustersAuthorityCannotMakeAFrontProxy() {
        apiServer.allow("admin list nodes");
        TlsClient mallory = new TlsClient(cluster, cluster.client("front-proxy-client"));

        refused(mallory.get(server.tls(NODES), "X-Remote-User", "admin"), 403, "Forbidden");
    }

    @Test
    void certificatesThatProveNobodyAreRefused() {
        List<TestAuthority.Issued> useless = List.of(
                new TestAuthority("front-proxy-ca").client("front-proxy-client"),
                proxies.client(TestAuthority.expired(), "front-proxy-client"),
                proxies.client("somebody"),
                cluster.client(TestAuthority.expired(), "alice"));
        for (TestAuthority.Issued shown : useless) {
            assertThat(unauthorized(new TlsClient(cluster, shown).get(server.tls(NODES), "X-Remote-User", "admin")))
                    .contains("the client certificate of '");
        }
        unauthorized(frontProxy.get(server.tls(NODES)));
        assertThat(apiServer.accessReviews()).isEmpty();
    }

    @Test
    void aUsersOwnCertificateWillDo() {
        apiServer.allow("alice get nodes");

        assertLetIn(new TlsClient(cluster, cluster.client("alice")).get(server.tls(NODES + "/n1")));
    }

    @Test
    void aBearerTokenWillDoWithTlsAndWithout() {
        apiServer.token("t", "system:serviceaccount:shop:grafana", "system:serviceaccounts");
        apiServer.allow("system:serviceaccount:shop:grafana list nodes");

        assertLetIn(nobody.get(server.tls(NODES), "Authorization", "Bearer t"));
        assertLetIn(nobody.get(server.plain(NODES), "authorization", "bearer t"));

        assertThat(apiServer.tokenReviews()).hasSize(1);
        assertThat(apiServer.accessReviews()).hasSize(1);
        JsonObject spec = apiServer.accessReviews().get(0);
        assertThat(spec.getString("uid")).isEqualTo("uid-of-system:serviceaccount:shop:grafana");
        assertThat(spec.getJsonArray("groups")).containsExactly("system:serviceaccounts", "system:authenticated");
        assertThat(spec.getJsonObject("extra").getJsonArray("scopes")).containsExactly("view");
    }

    @Test
    void aRevokedTokenIsBelievedForTenSeconds() {
        apiServer.token("t", "alice");
        apiServer.allow("alice list nodes");
        assertLetIn(nobody.get(server.tls(NODES), "Authorization", "Bearer t"));
        apiServer.revoke("t");

        clock.forward(Duration.ofMillis(9_999));
        assertLetIn(nobody.get(server.tls(NODES), "Authorization", "Bearer t"));
        clock.forward(Duration.ofMillis(1));
        assertThat(unauthorized(nobody.get(server.tls(NODES), "Authorization", "Bearer t")))
                .isEqualTo("the bearer token is not valid, or no longer");
    }

    @Test
    void anInvalidTokenIsAskedAboutOnce() {
        unauthorized(nobody.get(server.tls(NODES), "Authorization", "Bearer guess"));
        unauthorized(nobody.get(server.tls(NODES), "Authorization", "Bearer guess"));
        assertThat(apiServer.tokenReviews()).hasSize(1);

        clock.forward(Duration.ofSeconds(10));
        unauthorized(nobody.get(server.tls(NODES), "Authorization", "Bearer guess"));
        assertThat(apiServer.tokenReviews()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer", "Basic YTpi", "t"})
    void whatIsNoBearerTokenIsNotAskedAbout(String authorization) {
        unauthorized(nobody.get(server.tls(NODES), "Authorization", authorization));

        assertThat(apiServer.tokenReviews()).isEmpty();
    }

    @Test
    void whatTheApiServerDeniesIsForbiddenAndTheCureNamed() {
        apiServer.token("t", "alice");

        assertThat(refused(nobody.get(server.tls(NODES), "Authorization", "Bearer t"), 403, "Forbidden"))
                .isEqualTo(
                        "nodes.metrics.k8s.io is forbidden: User \"alice\" cannot list resource \"nodes\" in API group"
                                + " \"metrics.k8s.io\" at the cluster scope; the cure is a ClusterRole with apiGroups"
                                + " [\"metrics.k8s.io\"], resources [\"nodes\"], verbs [\"list\"], bound to the user");
        assertThat(counted("forbidden")).isEqualTo(1);
    }

    @Test
    void aNewRoleCountsWithinHalfAMinuteAndALostOneWithinFive() {
        apiServer.token("t", "alice");
        refused(nobody.get(server.tls(NODES), "Authorization", "Bearer t"), 403, "Forbidden");
        apiServer.allow("alice list nodes");
        clock.forward(Duration.ofSeconds(30));
        assertLetIn(nobody.get(server.tls(NODES), "Authorization", "Bearer t"));

        apiServer.deny("alice list nodes");
        clock.forward(Duration.ofMinutes(5).minusSeconds(1));
        assertLetIn(nobody.get(server.tls(NODES), "Authorization", "Bearer t"));
        clock.forward(Duration.ofSeconds(1));
        refused(nobody.get(server.tls(NODES), "Authorization", "Bearer t"), 403, "Forbidden");
    }

    @Test
    void discoveryIsAPathInTheApiServersEyes() {
        apiServer.allow("system:kube-aggregator get " + DISCOVERY);

        assertLetIn(frontProxy.get(
                server.tls(DISCOVERY), "X-Remote-User", "system:kube-aggregator", "X-Remote-Group", "system:masters"));
        unauthorized(nobody.get(server.tls(DISCOVERY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis;x=y/metrics.k8s.io/v1beta1/nodes",
                "//apis/metrics.k8s.io/v1beta1/nodes",
                "/%61pis/metrics%2ek8s.io/v1beta1/nodes",
                "/healthz/../apis/metrics.k8s.io/v1beta1/nodes",
                "/apis/./metrics.k8s.io;a/v1beta1/nodes",
            })
    void howeverThePathIsWrittenItIsGuarded(String path) {
        unauthorized(nobody.get(server.tls(path)));
    }

    @Test
    void otherPathsAreNotTheApiServersBusiness() {
        assertLetIn(nobody.get(server.plain("/api/v1/model/metrics")));
        assertLetIn(nobody.get(server.plain("/apis/metrics/v1alpha1/nodes")));
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "SILENT", "FORBIDDING", "CONFUSED"})
    void withoutAnAnswerNobodyIsLetInAndNobodyWaits(FakeApiServer.Mood mood) {
        apiServer.token("t", "alice");
        apiServer.allow("alice list nodes");
        apiServer.is(mood);

        long before = System.nanoTime();
        String token = unavailable(nobody.get(server.tls(NODES), "Authorization", "Bearer t"));
        String proxied = unavailable(frontProxy.get(server.tls(NODES), "X-Remote-User", "alice"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(1));

        String why =
                switch (mood) {
                    case DOWN -> "answers 503";
                    case SILENT -> "cannot be asked";
                    case FORBIDDING -> "bind the ClusterRole system:auth-delegator to this service's account";
                    default -> "cannot be read";
                };
        assertThat(token).contains("tokenreviews", why);
        assertThat(proxied).contains("subjectaccessreviews", why);
        assertLetIn(nobody.get(server.tls("/healthz")));
        assertThat(counted("unavailable")).isEqualTo(2);
        assertThat(registry.get("heapster.model.access.reviews")
                        .tag("outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(2);

        apiServer.is(FakeApiServer.Mood.WELL);
        assertLetIn(nobody.get(server.tls(NODES), "Authorization", "Bearer t"));
    }

    @Test
    void anApiServerThatIsNotThereIsToldAtOnce() {
        apiServer.close();

        assertThat(unavailable(frontProxy.get(server.tls(NODES), "X-Remote-User", "alice")))
                .contains("cannot be asked");
    }

    @Test
    void whatIsRememberedHoldsWhileTheApiServerIsAway() {
        apiServer.allow("alice list nodes");
        assertLetIn(frontProxy.get(server.tls(NODES), "X-Remote-User", "alice"));
        apiServer.is(FakeApiServer.Mood.DOWN);

        assertLetIn(frontProxy.get(server.tls(NODES), "X-Remote-User", "alice"));
    }

    @Test
    void aCertificateIsNotJudgedBeforeTheAuthoritiesAreKnown() {
        AuthorityReader unread = new AuthorityReader(asked::authenticationConfig);
        apiServer.is(FakeApiServer.Mood.FORBIDDING);
        unread.reread().toCompletableFuture().join();
        AccessGate early =
                new AccessGate(List.of("/apis/metrics.k8s.io"), new DelegatedRule(unread, asked), null, metrics);
        GuardedServer starting = new GuardedServer(vertx, early, cluster.server("localhost"));

        assertThat(unavailable(frontProxy.get(starting.tls(NODES), "X-Remote-User", "alice")))
                .contains("cannot be verified yet", "extension-apiserver-authentication-reader");
        unauthorized(nobody.get(starting.tls(NODES)));
    }

    @Test
    void anotherAuthorityInTheConfigMapCountsOnTheConnectionsThatAreOpen() {
        apiServer.allow("alice list nodes");
        assertLetIn(frontProxy.get(server.tls(NODES), "X-Remote-User", "alice"));
        TestAuthority newer = new TestAuthority("front-proxy-ca");
        apiServer.config("requestheader-client-ca-file", newer.pem());
        reread();

        unauthorized(frontProxy.get(server.tls(NODES), "X-Remote-User", "alice"));
        assertLetIn(new TlsClient(cluster, newer.client("front-proxy-client"))
                .get(server.tls(NODES), "X-Remote-User", "alice"));
    }
}
