package io.heapster.model.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** One or more certificates, all of whose signatures on client certificates are believed. */
final class CertificateAuthority {
    private final X509TrustManager verifier;

    private CertificateAuthority(X509TrustManager verifier) {
        this.verifier = verifier;
    }

    /** @throws IllegalArgumentException if there is no certificate in the text or one that cannot be read */
    static CertificateAuthority of(String pem) {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in it");
            }
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (Certificate certificate : certificates) {
                anchors.setCertificateEntry(Integer.toString(anchors.size()), certificate);
            }
            TrustManagerFactory verifiers = TrustManagerFactory.getInstance("PKIX");
            verifiers.init(anchors);
            for (TrustManager verifier : verifiers.getTrustManagers()) {
                if (verifier instanceof X509TrustManager x509) {
                    return new CertificateAuthority(x509);
                }
            }
            throw new IllegalStateException("the JDK has no verifier of X.509 certificates");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Whether it signed this certificate, which is valid now and made for clients. */
    boolean signed(ClientCertificate certificate) {
        X509Certificate[] chain = certificate.chain().toArray(X509Certificate[]::new);
        try {
            verifier.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
