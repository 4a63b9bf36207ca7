package io.heapster.model.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API server that knows one token, and a server's certificate in files that a test may replace. */
public final class AccessTestResource implements QuarkusTestResourceLifecycleManager {
    /** How the client library is led to the API server of the test and nowhere else. */
    private static final Map<String, String> CLIENT = Map.of(
            "kubernetes.auth.token", FakeApiServer.OWN_TOKEN,
            "kubernetes.auth.tryKubeConfig", "false",
            "kubernetes.auth.tryServiceAccount", "false");

    private @Nullable Vertx vertx;
    private @Nullable AccessFixture fixture;

    @Override
    public Map<String, String> start() {
        Vertx made = Vertx.vertx();
        vertx = made;
        AccessFixture written = AccessFixture.write(made);
        fixture = written;
        System.setProperty("kubernetes.master", written.apiServer().url());
        CLIENT.forEach(System::setProperty);
        Map<String, String> settings = new HashMap<>();
        // For a service that is a process of its own, which does not see the properties of this one.
        settings.put("kubernetes.master", written.apiServer().url());
        settings.putAll(CLIENT);
        settings.put("heapster.model.access.metrics-api", "delegated");
        settings.put("heapster.model.access.tls-cert", written.certificate().toString());
        settings.put("heapster.model.access.tls-key", written.key().toString());
        settings.put("heapster.model.access.tls-client-ca", written.callersCa().toString());
        settings.put("heapster.model.access.allowed-users", "grafana");
        settings.put("heapster.model.access.reread", "1s");
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(fixture, new TestInjector.MatchesType(AccessFixture.class));
    }

    @Override
    public void stop() {
        System.clearProperty("kubernetes.master");
        CLIENT.keySet().forEach(System::clearProperty);
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** What the test needs of it. */
    record AccessFixture(
            FakeApiServer apiServer,
            TestAuthority cluster,
            TestAuthority proxies,
            TestAuthority callers,
            Path certificate,
            Path key,
            Path callersCa) {
        private static AccessFixture write(Vertx vertx) {
            try {
                Path directory = Files.createTempDirectory("access");
                AccessFixture fixture = new AccessFixture(
                        new FakeApiServer(vertx),
                        new TestAuthority("kubernetes"),
                        new TestAuthority("front-proxy-ca"),
                        new TestAuthority("callers"),
                        directory.resolve("tls.crt"),
                        directory.resolve("tls.key"),
                        directory.resolve("callers.crt"));
                fixture.serve(fixture.cluster.server("first"));
                Files.writeString(fixture.callersCa, fixture.callers.pem());
                fixture.apiServer.config(fixture.proxies, fixture.cluster);
                fixture.apiServer.allow("alice list nodes");
                fixture.apiServer.allow("alice list pods");
                fixture.apiServer.token("t", "alice");
                return fixture;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void serve(TestAuthority.Issued issued) {
            try {
                Files.writeString(certificate, issued.certificatePem());
                Files.writeString(key, issued.keyPem());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
