package io.heapster.model.access;

import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** A certificate and the key that belongs to it, as read together. */
final class ServingCertificate {
    private final PemKeyCertOptions pem;
    private final KeyStore store;
    private final X509Certificate certificate;

    private ServingCertificate(PemKeyCertOptions pem, KeyStore store, X509Certificate certificate) {
        this.pem = pem;
        this.store = store;
        this.certificate = certificate;
    }

    /** @throws GeneralSecurityException if they are none, or are not of one pair */
    static ServingCertificate read(Path certificate, Path key, Vertx vertx)
            throws IOException, GeneralSecurityException {
        PemKeyCertOptions pem = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(Files.readAllBytes(certificate)))
                .addKeyValue(Buffer.buffer(Files.readAllBytes(key)));
        try {
            KeyStore store = pem.loadKeyStore(vertx);
            String alias = store.aliases().nextElement();
            for (KeyManager manager : pem.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    X509Certificate own = keys.getCertificateChain(alias)[0];
                    requirePair(keys.getPrivateKey(alias), own);
                    return new ServingCertificate(pem, store, own);
                }
            }
            throw new GeneralSecurityException("there is no key");
        } catch (IOException | GeneralSecurityException e) {
            throw e;
        } catch (Exception e) {
            // Vert.x declares no narrower one for what it cannot read
            throw new GeneralSecurityException(certificate + ", " + key + ": " + e.getMessage(), e);
        }
    }

    private static void requirePair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] anything = certificate.getEncoded();
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(anything);
            if (signature.verify(signed)) {
                return;
            }
        } catch (SignatureException e) {
            throw new GeneralSecurityException("the key is not that of the certificate", e);
        }
        throw new GeneralSecurityException("the key is not that of the certificate");
    }

    KeyStoreAndKeyCertOptions options() {
        return new KeyStoreAndKeyCertOptions(store, pem);
    }

    boolean sameAs(ServingCertificate other) {
        return pem.getCertValues().equals(other.pem.getCertValues())
                && pem.getKeyValues().equals(other.pem.getKeyValues());
    }

    long expirySeconds() {
        return certificate.getNotAfter().toInstant().getEpochSecond();
    }
}
