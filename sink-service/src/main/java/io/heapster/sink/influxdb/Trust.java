package io.heapster.sink.influxdb;

import io.heapster.contract.uri.ComponentUri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are trusted, as the options {@code ca} and {@code insecuressl} say. */
final class Trust {
    private static final String CA = "ca";

    private Trust() {}

    static Optional<SSLContext> of(ComponentUri uri, boolean secure) {
        boolean any = uri.booleanOption("insecuressl", false);
        Optional<String> file = uri.option(CA);
        if (file.isEmpty()) {
            return any ? Optional.of(AnyCertificate.context()) : Optional.empty();
        }
        if (any) {
            throw uri.wrong(CA, file.get(), "either ca or insecuressl=true");
        }
        if (!secure) {
            throw uri.wrong(CA, file.get(), "it together with an address that begins with https");
        }
        try {
            return Optional.of(trusting(Path.of(file.get())));
        } catch (IOException | GeneralSecurityException e) {
            throw uri.wrong(CA, file.get(), "a readable file of certificates in PEM form (" + e.getMessage() + ")");
        }
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        Collection<? extends Certificate> certificates;
        try (InputStream in = Files.newInputStream(file)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (certificates.isEmpty()) {
            throw new IOException("there is none in it");
        }
        int number = 0;
        for (Certificate certificate : certificates) {
            trusted.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
