package io.heapster.model.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.TrustStoreProvider;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gives Quarkus' HTTP server its certificate, and a new one when the files change; asks callers for theirs. */
@Singleton
@Identifier(ServerTls.NAME)
final class ServerTls implements KeyStoreProvider, TrustStoreProvider, HttpServerOptionsCustomizer {
    /** As {@code quarkus.http.tls-configuration-name} in application.properties. */
    static final String NAME = "heapster-model";

    private static final Logger LOG = Logger.getLogger(ServerTls.class);

    private final AccessSettings settings;
    private final Event<CertificateUpdatedEvent> updates;
    private volatile @Nullable ServingCertificate serving;

    ServerTls(AccessSettings settings, Event<CertificateUpdatedEvent> updates, MeterRegistry registry) {
        this.settings = settings;
        this.updates = updates;
        if (settings.config().tlsCert().isPresent()) {
            AccessMetrics.observeExpiry(registry, this::expirySeconds);
        }
    }

    private long expirySeconds() {
        ServingCertificate now = serving;
        return now == null ? 0 : now.expirySeconds();
    }

    /** Null without a certificate, and then there is no TLS. */
    @Override
    public @Nullable KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        if (settings.config().tlsCert().isEmpty()) {
            return null;
        }
        ServingCertificate now = serving;
        if (now == null) {
            try {
                now = read(vertx);
            } catch (IOException | GeneralSecurityException e) {
                throw new ConfigurationException(
                        "heapster.model.access.tls-cert: '"
                                + settings.config().tlsCert().get() + "' is not accepted (" + e.getMessage()
                                + "), give the PEM files of a certificate and its key",
                        e);
            }
            serving = now;
        }
        return now.options();
    }

    private ServingCertificate read(Vertx vertx) throws IOException, GeneralSecurityException {
        Path certificate = settings.config().tlsCert().orElseThrow();
        return ServingCertificate.read(certificate, settings.config().tlsKey().orElseThrow(), vertx);
    }

    /** With an empty store: Quarkus forgets options that come without one. */
    @Override
    public @Nullable TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
        if (!settings.wantsCertificates()) {
            return null;
        }
        try {
            KeyStore empty = KeyStore.getInstance(KeyStore.getDefaultType());
            empty.load(null, null);
            return new TrustStoreAndTrustOptions(empty, TrustOptions.wrap(new PresentedCertificates()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (settings.wantsCertificates()) {
            options.setClientAuth(ClientAuth.REQUEST);
        }
    }

    /** Takes the files' new contents for new connections. Blocks. What does not fit together is left alone. */
    void reread(Vertx vertx, TlsConfigurationRegistry registry) {
        ServingCertificate before = serving;
        TlsConfiguration configuration = registry.get(NAME).orElse(null);
        if (before == null || configuration == null) {
            return;
        }
        try {
            ServingCertificate now = read(vertx);
            if (now.sameAs(before)) {
                return;
            }
            serving = now;
        } catch (IOException | GeneralSecurityException e) {
            LOG.warnf("keeping the serving certificate read before: %s", e.getMessage());
            return;
        }
        if (configuration.reload()) {
            updates.fire(new CertificateUpdatedEvent(NAME, configuration));
        }
    }
}
