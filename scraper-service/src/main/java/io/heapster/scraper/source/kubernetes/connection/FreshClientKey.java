package io.heapster.scraper.source.kubernetes.connection;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The client certificate of the credentials as they are at each handshake. One that cannot be used leaves the last one. */
final class FreshClientKey extends X509ExtendedKeyManager {
    private static final Logger LOG = Logger.getLogger(FreshClientKey.class);

    private final Vertx vertx;
    private final FreshCredentials credentials;
    private @Nullable Credentials known;
    private @Nullable X509ExtendedKeyManager key;

    FreshClientKey(Vertx vertx, FreshCredentials credentials) {
        this.vertx = vertx;
        this.credentials = credentials;
    }

    /** Null when none was ever usable. */
    private synchronized @Nullable X509ExtendedKeyManager key() {
        Credentials now = credentials.current();
        if (!now.equals(known)) {
            known = now;
            try {
                KeyManagerFactory made = new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(now.clientCertificate()))
                        .addKeyValue(Buffer.buffer(now.clientKey()))
                        .getKeyManagerFactory(vertx);
                for (KeyManager each : made.getKeyManagers()) {
                    if (each instanceof X509ExtendedKeyManager usable) {
                        key = usable;
                    }
                }
            } catch (Exception e) {
                // declared by the library, which has them of many kinds for what it cannot read
                LOG.warnf("the new client certificate cannot be used: %s", e.getMessage());
            }
        }
        return key;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        X509ExtendedKeyManager now = key();
        return now == null ? null : now.chooseClientAlias(types, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        X509ExtendedKeyManager now = key();
        return now == null ? null : now.chooseEngineClientAlias(types, issuers, engine);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        X509ExtendedKeyManager now = key();
        return now == null ? null : now.getClientAliases(type, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        X509ExtendedKeyManager now = key();
        return now == null ? null : now.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        X509ExtendedKeyManager now = key();
        return now == null ? null : now.getPrivateKey(alias);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
