package io.heapster.simulator.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate, then what signed it as far as sent by the server
 * @param certificatePem the certificate as PEM text
 * @param keyPem the private key as PKCS #8 PEM text
 * @param key the private key
 */
public record TestCertificate(List<X509Certificate> chain, String certificatePem, String keyPem, PrivateKey key) {

    /** Writes {@code NAME.crt} and {@code NAME.key} into the directory. */
    public void write(Path directory, String name) throws IOException {
        Files.writeString(directory.resolve(name + ".crt"), certificatePem, StandardCharsets.US_ASCII);
        Files.writeString(directory.resolve(name + ".key"), keyPem, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "TestCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
