package io.heapster.scraper.source.kubernetes.connection;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The client certificate of the credentials as they are at each handshake. One that cannot be used leaves the last one. */
final class FreshClientKey extends X509ExtendedKeyManager {
    private static final Logger LOG = Logger.getLogger(FreshClientKey.class);

    private final FreshCredentials credentials;
    private @Nullable Credentials known;
    private @Nullable X509ExtendedKeyManager key;

    FreshClientKey(FreshCredentials credentials) {
        this.credentials = credentials;
    }

    /** Null when none was ever usable. */
    private synchronized @Nullable X509ExtendedKeyManager key() {
        Credentials now = credentials.current();
        if (!now.equals(known)) {
            known = now;
            try {
                for (KeyManager made : SSLUtils.keyManagers(
                        base64(now.clientCertificate()), null, base64(now.clientKey()), null, "", "", null, null)) {
                    if (made instanceof X509ExtendedKeyManager usable) {
                        key = usable;
                    }
                }
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                // the library has exceptions of many kinds for what it cannot read
                LOG.warnf("the new client certificate cannot be used: %s", e.getMessage());
            }
        }
        return key;
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
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
