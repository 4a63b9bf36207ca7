package io.heapster.scraper.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.kubernetes.fetch.TestCertificates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the API server over real TLS, and what it refuses. */
class ApiServerSecurityTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path directory;

    private static String ca;
    private static String otherCa;
    private static Path forAddress;
    private static Path forName;
    private static Path expired;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private FakeApiServer api = new FakeApiServer(VERTX);

    @BeforeAll
    static void makeCertificates() {
        TestCertificates certificates = new TestCertificates(directory);
        ca = certificates.authority("ca");
        otherCa = certificates.authority("other");
        forAddress = certificates.signed("ca", "address", "ip:127.0.0.1", "-1d");
        forName = certificates.signed("ca", "name", "dns:node-1", "-1d");
        expired = certificates.signed("ca", "expired", "ip:127.0.0.1", "-20d");
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void serve(Path keyStore) {
        api.close();
        api = new FakeApiServer(
                VERTX,
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keyStore.toString()).setPassword(TestCertificates.PASSWORD)));
    }

    private void writeKubeconfig(String authority, String token) {
        String data = Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII));
        try {
            Files.writeString(kubeconfig(), """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                """.formatted(api.url(), data, token));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    private Source start(String options) {
        Source source = new KubernetesSourceFactory(VERTX, registry, Clock.systemUTC(), Map.of())
                .create(ComponentUri.parse(
                        "kubernetes:?inClusterConfig=false&auth=" + kubeconfig() + options, Map.of()));
        source.start();
        return source;
    }

    private double failures(String resource, String reason) {
        return registry
                .find("heapster.discovery.failures")
                .tags("resource", resource, "reason", reason)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void assertRefused(Path keyStore, String authority) {
        serve(keyStore);
        writeKubeconfig(authority, "t");
        try (Source source = start("")) {
            await().atMost(SOON).until(() -> failures("nodes", "tls") > 0 && failures("pods", "tls") > 0);
            assertThat(source.synced()).isFalse();
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfTheAuthorityForTheAddressIsAccepted() {
        serve(forAddress);
        writeKubeconfig(ca, "t");
        try (Source source = start("")) {
            await().atMost(SOON).until(source::synced);
        }
        assertThat(failures("nodes", "tls")).isZero();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        assertRefused(forAddress, otherCa);
    }

    @Test
    void anExpiredCertificateIsRefused() {
        assertRefused(expired, ca);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        assertRefused(forName, ca);
    }

    @Test
    void insecureAcceptsAnyCertificate() {
        serve(expired);
        writeKubeconfig(otherCa, "t");
        try (Source source = start("&insecure=true")) {
            await().atMost(SOON).until(source::synced);
        }
    }

    @Test
    void aTokenThatWasRotatedIsReadAgainAfterA401() {
        serve(forAddress);
        api.requireToken("new");
        writeKubeconfig(ca, "old");
        try (Source source = start("")) {
            await().atMost(SOON).until(() -> failures("nodes", "unauthorized") > 0);
            assertThat(source.synced()).isFalse();

            writeKubeconfig(ca, "new");

            await().atMost(SOON).until(source::synced);
        }
    }

    @Test
    void aMissingRightIsCountedByItsResource() {
        serve(forAddress);
        api.forbid("pods");
        writeKubeconfig(ca, "t");
        try (Source source = start("")) {
            await().atMost(SOON).until(() -> failures("pods", "forbidden") > 0);
            assertThat(source.synced()).isFalse();
            assertThat(failures("nodes", "forbidden")).isZero();
        }
    }

    @Test
    void aCertificateForAnotherNameIsAcceptedWhenThatNameIsGiven() {
        serve(forName);
        writeKubeconfig(ca, "t");
        try (Source source = start("&apiServerName=node-1")) {
            await().atMost(SOON).until(source::synced);
        }
        assertThat(failures("nodes", "tls")).isZero();
        try (Source source = start("&apiServerName=node-2")) {
            await().atMost(SOON).until(() -> failures("nodes", "tls") > 0);
            assertThat(source.synced()).isFalse();
        }
    }

    @Test
    void theNameDoesNotMakeUpForTheSigner() {
        serve(forName);
        writeKubeconfig(otherCa, "t");
        try (Source source = start("&apiServerName=node-1")) {
            await().atMost(SOON).until(() -> failures("nodes", "tls") > 0);
            assertThat(source.synced()).isFalse();
        }
    }

    @Test
    void aClientCertificateThatWasRotatedIsShownByConnectionsFromThenOn() throws IOException {
        TestCertificates certificates = new TestCertificates(directory);
        Path old = certificates.signed("ca", "client-old", "dns:client-old", "-1d");
        Path fresh = certificates.signed("ca", "client-fresh", "dns:client-fresh", "-1d");
        api.close();
        api = new FakeApiServer(
                VERTX,
                new HttpServerOptions()
                        .setSsl(true)
                        .setClientAuth(ClientAuth.REQUEST)
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)))
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(forAddress.toString())
                                .setPassword(TestCertificates.PASSWORD)));
        api.requireCertificate("CN=client-fresh");
        Path certificate = directory.resolve("client.crt");
        Path key = directory.resolve("client.key");
        Files.writeString(certificate, certificates.certificateOf("client-old"));
        Files.writeString(key, certificates.keyOf(old, "client-old"));
        String freshCertificate = certificates.certificateOf("client-fresh");
        String freshKey = certificates.keyOf(fresh, "client-fresh");
        String data = Base64.getEncoder().encodeToString(ca.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(kubeconfig(), """
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
            users: [{name: u, user: {client-certificate: "%s", client-key: "%s"}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            """.formatted(api.url(), data, certificate, key));
        try (Source source = start("")) {
            await().atMost(SOON).until(() -> failures("nodes", "unauthorized") > 0);
            assertThat(source.synced()).isFalse();

            Files.writeString(certificate, freshCertificate);
            Files.writeString(key, freshKey);

            await().atMost(SOON).until(source::synced);
        }
    }
}
