package io.heapster.scraper.source.kubernetes.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.kubernetes.connection.Credentials;
import io.heapster.scraper.source.kubernetes.connection.FreshCredentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against servers of its own, over real sockets and real TLS. */
class KubeletClientTest {
    private static final int BODY_LIMIT = 4 << 20;
    private static final Duration AMPLE = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static String ca;
    private static String otherCa;
    private static Path forAddress;
    private static Path forName;
    private static Path expired;

    private final List<KubeletClient> clients = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void makeCertificates() {
        vertx = Vertx.vertx();
        TestCertificates certificates = new TestCertificates(directory);
        ca = certificates.authority("ca");
        otherCa = certificates.authority("other");
        forAddress = certificates.signed("ca", "address", "ip:127.0.0.1", "-1d");
        forName = certificates.signed("ca", "name", "dns:node-1", "-1d");
        expired = certificates.signed("ca", "expired", "ip:127.0.0.1", "-20d");
    }

    @AfterAll
    static void closeVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(KubeletClient::close);
    }

    private static int https(Path keyStore, Handler<HttpServerRequest> handler) {
        return listen(
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keyStore.toString()).setPassword(TestCertificates.PASSWORD)),
                handler);
    }

    private static int http(Handler<HttpServerRequest> handler) {
        return listen(new HttpServerOptions(), handler);
    }

    private static int listen(HttpServerOptions options, Handler<HttpServerRequest> handler) {
        return listen(options, "127.0.0.1", handler);
    }

    private static int listen(HttpServerOptions options, String address, Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer(options).requestHandler(handler);
        return server.listen(0, address)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static void answer(HttpServerRequest request) {
        request.response().end("hello");
    }

    private static FreshCredentials token(String token) {
        try {
            return new FreshCredentials(() -> new Credentials(token, "", "", ""));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private KubeletClient client(FreshCredentials credentials, KubeletTls tls, int concurrency) {
        KubeletClient client = new KubeletClient(
                vertx, credentials, tls, concurrency, BODY_LIMIT, registry, Clock.systemUTC(), "test");
        clients.add(client);
        return client;
    }

    private KubeletClient client(KubeletTls tls) {
        return client(token(""), tls, 100);
    }

    private KubeletClient plainClient() {
        return client(new KubeletTls("", false));
    }

    private static Endpoint at(int port, boolean https, String serverName) {
        return new Endpoint("127.0.0.1", port, https, serverName);
    }

    private static Future<String> ask(KubeletClient client, Endpoint kubelet, Duration timeout) {
        return client.ask(
                kubelet,
                Question.get("/stats/summary"),
                timeout,
                0,
                (bytes, length, skew) -> new String(bytes, 0, length, UTF_8));
    }

    private static String join(Future<String> answer) {
        return answer.toCompletionStage().toCompletableFuture().join();
    }

    private static ScrapeException failure(Future<String> answer) {
        try {
            return fail("answered " + join(answer));
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(ScrapeException.class);
            return (ScrapeException) e.getCause();
        }
    }

    @Test
    void aCertificateOfTheAuthorityForTheAddressIsAccepted() {
        int port = https(forAddress, KubeletClientTest::answer);

        assertThat(join(ask(client(new KubeletTls(ca, false)), at(port, true, ""), AMPLE)))
                .isEqualTo("hello");
        assertThat(registry.get("heapster.kubelet.tls.verified").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefusedWithTheCure() {
        int port = https(forAddress, KubeletClientTest::answer);

        ScrapeException failure = failure(ask(client(new KubeletTls(otherCa, false)), at(port, true, ""), AMPLE));

        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageContaining("kubeletCA").hasMessageContaining("serverTLSBootstrap");
    }

    @Test
    void aCertificateForTheNameIsRefusedForTheAddressAndAcceptedWithTheOverride() {
        int port = https(forName, KubeletClientTest::answer);
        KubeletClient client = client(new KubeletTls(ca, false));

        ScrapeException failure = failure(ask(client, at(port, true, ""), AMPLE));

        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageContaining("kubeletServerName");
        assertThat(join(ask(client, at(port, true, "node-1"), AMPLE))).isEqualTo("hello");
        assertThat(failure(ask(client, at(port, true, "node-2"), AMPLE)).reason())
                .isEqualTo(Reason.TLS);
    }

    @Test
    void anExpiredCertificateIsRefusedWithTheCure() {
        int port = https(expired, KubeletClientTest::answer);

        ScrapeException failure = failure(ask(client(new KubeletTls(ca, false)), at(port, true, ""), AMPLE));

        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageContaining("not valid at this time");
    }

    @Test
    void insecureAcceptsAnythingAndShowsItInAGauge() {
        int port = https(expired, KubeletClientTest::answer);

        assertThat(join(ask(client(new KubeletTls(otherCa, true)), at(port, true, ""), AMPLE)))
                .isEqualTo("hello");
        assertThat(registry.get("heapster.kubelet.tls.verified").gauge().value())
                .isZero();
    }

    @Test
    void plainHttpAtATlsPortAndTheOtherWayRoundSayWhichOptionIsWrong() {
        int plain = http(KubeletClientTest::answer);

        ScrapeException failure = failure(ask(client(new KubeletTls(ca, false)), at(plain, true, ""), AMPLE));

        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageContaining("kubeletHttps=false");

        int kubelet = http(request ->
                request.response().setStatusCode(400).end("Client sent an HTTP request to an HTTPS server.\n"));
        assertThat(failure(ask(plainClient(), at(kubelet, false, ""), AMPLE)))
                .hasMessageContaining("leave out kubeletHttps=false");
    }

    @Test
    void aRotatedTokenIsReadAtOnceAfterA401() throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, "old");
        AtomicInteger asked = new AtomicInteger();
        int port = https(forAddress, request -> {
            asked.incrementAndGet();
            boolean known = "Bearer new".equals(request.getHeader("Authorization"));
            request.response().setStatusCode(known ? 200 : 401).end(known ? "hello" : "Unauthorized");
        });
        FreshCredentials credentials = new FreshCredentials(() -> new Credentials(Files.readString(file), "", "", ""));
        KubeletClient client = client(credentials, new KubeletTls(ca, false), 10);

        ScrapeException refused = failure(ask(client, at(port, true, ""), AMPLE));
        assertThat(refused.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(refused).hasMessageContaining("token");
        assertThat(asked).hasValue(1);

        Files.writeString(file, "new");
        assertThat(join(ask(client, at(port, true, ""), AMPLE))).isEqualTo("hello");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aRotatedClientCertificateIsShownByConnectionsFromThenOn() {
        TestCertificates certificates = new TestCertificates(directory);
        Path first = certificates.signed("ca", "client-1", "dns:client-1", "-1d");
        Path second = certificates.signed("ca", "client-2", "dns:client-2", "-1d");
        int port = listen(
                new HttpServerOptions()
                        .setSsl(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)))
                        .setKeyCertOptions(
                                new PfxOptions().setPath(forAddress.toString()).setPassword(TestCertificates.PASSWORD)),
                KubeletClientTest::answerWhoAsks);
        AtomicReference<Credentials> onDisk = new AtomicReference<>(
                new Credentials("", "", certificates.certificateOf("client-1"), certificates.keyOf(first, "client-1")));
        KubeletClient client;
        try {
            client = client(
                    new FreshCredentials(() -> Objects.requireNonNull(onDisk.get())), new KubeletTls(ca, false), 10);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(join(ask(client, at(port, true, ""), AMPLE))).isEqualTo("CN=client-1");

        onDisk.set(new Credentials(
                "", "", certificates.certificateOf("client-2"), certificates.keyOf(second, "client-2")));
        assertThat(client.reread().toCompletionStage().toCompletableFuture().join())
                .isTrue();

        assertThat(join(ask(client, at(port, true, ""), AMPLE))).isEqualTo("CN=client-2");
    }

    private static void answerWhoAsks(HttpServerRequest request) {
        try {
            String name = request.connection().sslSession().getPeerPrincipal().getName();
            request.response().putHeader("Connection", "close").end(name);
        } catch (SSLPeerUnverifiedException e) {
            request.response().setStatusCode(401).end();
        }
    }

    @Test
    void aKubeletOnIpv6IsAskedAndItsCertificateCheckedByThatAddress() {
        Path forV6 = new TestCertificates(directory).signed("ca", "v6", "ip:::1", "-1d");
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(forV6.toString()).setPassword(TestCertificates.PASSWORD));
        int secured = listen(tls, "::1", KubeletClientTest::answer);
        int plain = listen(
                new HttpServerOptions(), "::1", request -> request.response().end(request.getHeader("Host")));
        KubeletClient client = client(new KubeletTls(ca, false));

        assertThat(join(ask(client, new Endpoint("::1", secured, true, ""), AMPLE)))
                .isEqualTo("hello");
        assertThat(join(ask(client, new Endpoint("::1", plain, false, ""), AMPLE)))
                .isEqualTo("[::1]:" + plain);
        int forAnother = listen(
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(forAddress.toString()).setPassword(TestCertificates.PASSWORD)),
                "::1",
                KubeletClientTest::answer);
        assertThat(failure(ask(client, new Endpoint("::1", forAnother, true, ""), AMPLE)))
                .hasMessageContaining("kubeletServerName");
    }

    @ParameterizedTest
    @CsvSource({
        "/stats/summary, '', get, nodes/stats",
        "/stats/container/, {}, create, nodes/stats",
        "/metrics/resource, '', get, nodes/metrics",
        "/my/metrics, '', get, nodes/proxy",
    })
    void a403NamesTheRuleByWhatWasAsked(String path, String body, String verb, String resource) {
        int port = http(request -> request.response().setStatusCode(403).end("Forbidden"));
        Question question = body.isEmpty() ? Question.get(path) : Question.post(path, body);

        ScrapeException failure =
                failure(plainClient().ask(at(port, false, ""), question, AMPLE, 0, (bytes, length, skew) -> ""));

        assertThat(failure).hasMessageContaining("resources [" + resource + "], verbs [" + verb + "]");
    }

    @Test
    void theTokenIsNotSentInTheClear() {
        int port = http(request -> request.response().end(String.valueOf(request.getHeader("Authorization"))));

        assertThat(join(ask(client(token("secret"), new KubeletTls("", false), 1), at(port, false, ""), AMPLE)))
                .isEqualTo("null");
    }

    @Test
    void a403NamesTheRule() {
        int port = http(request -> request.response()
                .setStatusCode(403)
                .end("Forbidden (user=x, verb=get, resource=nodes, subresource(s)=[stats])"));

        ScrapeException failure = failure(ask(plainClient(), at(port, false, ""), AMPLE));

        assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(failure).hasMessageContaining("nodes/stats").hasMessageContaining("user=x");
    }

    @Test
    void a500AndAResetAreTriedOnceMore() {
        AtomicInteger failing = new AtomicInteger();
        int flaky = http(request -> request.response()
                .setStatusCode(failing.incrementAndGet() == 1 ? 500 : 200)
                .end("hello"));
        AtomicInteger resetting = new AtomicInteger();
        int reset = http(request -> {
            if (resetting.incrementAndGet() == 1) {
                request.connection().close();
            } else {
                answer(request);
            }
        });
        AtomicInteger broken = new AtomicInteger();
        int dead = http(request -> {
            broken.incrementAndGet();
            request.response().setStatusCode(500).end("one container is dead");
        });

        assertThat(join(ask(plainClient(), at(flaky, false, ""), AMPLE))).isEqualTo("hello");
        assertThat(join(ask(plainClient(), at(reset, false, ""), AMPLE))).isEqualTo("hello");
        assertThat(failure(ask(plainClient(), at(dead, false, ""), AMPLE)))
                .hasMessageContaining("500 one container is dead");
        assertThat(broken).hasValue(2);
    }

    @Test
    void aRedirectIsNotFollowed() {
        int port = http(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "http://127.0.0.1:1/")
                .end());

        ScrapeException failure = failure(ask(plainClient(), at(port, false, ""), AMPLE));

        assertThat(failure.reason()).isEqualTo(Reason.HTTP);
        assertThat(failure).hasMessageContaining("302");
    }

    @Test
    void aPortNobodyListensAtIsAConnectFailure() {
        HttpServer server = vertx.createHttpServer().requestHandler(KubeletClientTest::answer);
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        server.close().toCompletionStage().toCompletableFuture().join();

        assertThat(failure(ask(plainClient(), at(port, false, ""), AMPLE)).reason())
                .isEqualTo(Reason.CONNECT);
    }

    @Test
    void anAnswerWithoutEndIsCutAtTheLimit() {
        Buffer chunk = Buffer.buffer(new byte[1 << 20]);
        int port = http(request -> {
            request.response().setChunked(true);
            pour(request, chunk);
        });

        assertThat(failure(ask(plainClient(), at(port, false, ""), AMPLE)).reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(registry.get("heapster.kubelet.bodies.over.limit").counter().count())
                .isEqualTo(1);
    }

    private static void pour(HttpServerRequest request, Buffer chunk) {
        request.response().write(chunk).onSuccess(ignored -> pour(request, chunk));
    }

    @Test
    void aKubeletThatHangsAnywhereEndsAtItsDeadline() {
        int silent = http(request -> {});
        int halfway = http(request -> request.response().setChunked(true).write("{"));
        int deaf = vertx.createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        Duration timeout = Duration.ofMillis(300);

        for (Endpoint kubelet :
                List.of(at(silent, false, ""), at(halfway, false, ""), at(deaf, true, ""), at(deaf, false, ""))) {
            long start = System.nanoTime();
            ScrapeException failure = failure(ask(client(new KubeletTls(ca, false)), kubelet, timeout));
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(took).isBetween(Duration.ofMillis(290), Duration.ofSeconds(30));
        }
    }

    @Test
    void oneHungKubeletOfTwentyCostsOnlyItself() {
        int hung = http(request -> {});
        int well = http(KubeletClientTest::answer);
        KubeletClient client = client(token(""), new KubeletTls("", false), 4);

        Future<String> lost = ask(client, at(hung, false, ""), Duration.ofSeconds(5));
        List<Future<String>> others = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            others.add(ask(client, at(well, false, ""), AMPLE));
        }

        others.forEach(answer -> assertThat(join(answer)).isEqualTo("hello"));
        assertThat(lost.isComplete()).isFalse();
        assertThat(failure(lost).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void moreHungKubeletsThanPlacesDoNotStarveTheOthers() {
        int hung = http(request -> {});
        int well = http(KubeletClientTest::answer);
        KubeletClient client = client(token(""), new KubeletTls("", false), 2);

        List<Future<String>> lost = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lost.add(ask(client, at(hung, false, ""), Duration.ofSeconds(15)));
        }
        String answer = join(ask(client, at(well, false, ""), Duration.ofSeconds(10)));

        assertThat(answer).isEqualTo("hello");
        assertThat(lost).noneMatch(Future::isComplete);
        clients.remove(client);
        client.close();
    }

    @Test
    void waitingForAPlaceCountsAgainstTheDeadline() {
        int hung = http(request -> {});
        KubeletClient client = client(token(""), new KubeletTls("", false), 1);
        Future<String> first = ask(client, at(hung, false, ""), Duration.ofSeconds(3));

        ScrapeException failure = failure(ask(client, at(hung, false, ""), Duration.ofMillis(200)));

        assertThat(failure).hasMessageContaining("waiting for its turn");
        assertThat(failure(first).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(registry.get("heapster.kubelet.requests.in.flight").gauge().value())
                .isZero();
    }
}
