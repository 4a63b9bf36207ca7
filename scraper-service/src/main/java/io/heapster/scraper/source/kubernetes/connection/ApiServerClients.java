package io.heapster.scraper.source.kubernetes.connection;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Clients for one API server: each new connection shows the client certificate as it was last read from disk, and looks in
 * the server's for the name the user gave, where one was given.
 */
public final class ApiServerClients extends VertxHttpClientFactory {
    /** A resumed session stands for the client certificate of the handshake that began it, so none is resumed for long. */
    private static final int RESUMED_SECONDS = 1;

    private final Vertx vertx;
    private final ClusterConnection connection;

    public ApiServerClients(Vertx vertx, ClusterConnection connection) {
        super(vertx);
        this.vertx = vertx;
        this.connection = connection;
    }

    @Override
    public VertxHttpClientBuilder<VertxHttpClientFactory> newBuilder() {
        return new VertxHttpClientBuilder<VertxHttpClientFactory>(this, vertx) {
            @Override
            public VertxHttpClientBuilder<VertxHttpClientFactory> sslContext(
                    KeyManager @Nullable [] keys, TrustManager @Nullable [] trust) {
                super.sslContext(shown(keys), named(trust));
                sslContext.getClientSessionContext().setSessionTimeout(RESUMED_SECONDS);
                return this;
            }
        };
    }

    private KeyManager @Nullable [] shown(KeyManager @Nullable [] keys) {
        return connection.credentials().current().clientCertificate().isEmpty()
                ? keys
                : new KeyManager[] {new FreshClientKey(vertx, connection.credentials())};
    }

    private TrustManager @Nullable [] named(TrustManager @Nullable [] trust) {
        if (connection.insecure() || connection.serverName().isEmpty() || trust == null) {
            return trust;
        }
        TrustManager[] named = trust.clone();
        for (int i = 0; i < named.length; i++) {
            if (named[i] instanceof X509TrustManager signers) {
                named[i] = new ServerNameTrust(signers, connection.serverName());
            }
        }
        return named;
    }
}
