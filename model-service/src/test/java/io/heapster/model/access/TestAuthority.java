package io.heapster.model.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of one test; every instance has another key. */
final class TestAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] ECDSA = Der.of(Der.SEQUENCE, Der.object(1, 2, 840, 10045, 4, 3, 2));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final byte[] name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    TestAuthority(String commonName) {
        name = name(commonName, List.of());
        keys = keys();
        certificate = certificate(
                name, keys, validNow(), List.of(extension(true, Der.of(Der.SEQUENCE, yes()), 2, 5, 29, 19)));
    }

    /** What was issued, with its key. */
    record Issued(X509Certificate certificate, PrivateKey key) {
        String certificatePem() {
            return pem("CERTIFICATE", encoded(certificate));
        }

        String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    record Validity(Instant from, Instant until) {}

    static Validity validNow() {
        Instant now = Instant.now();
        return new Validity(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
    }

    static Validity expired() {
        Instant now = Instant.now();
        return new Validity(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));
    }

    String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** For {@code localhost} and 127.0.0.1. */
    Issued server(String commonName) {
        byte[] names = Der.of(Der.SEQUENCE, Der.text(0x82, "localhost"), Der.of(0x87, new byte[] {127, 0, 0, 1}));
        return issue(commonName, List.of(), validNow(), 1, List.of(extension(false, names, 2, 5, 29, 17)));
    }

    Issued client(String commonName, String... organizations) {
        return client(validNow(), commonName, organizations);
    }

    Issued client(Validity validity, String commonName, String... organizations) {
        return issue(commonName, List.of(organizations), validity, 2, List.of());
    }

    private Issued issue(
            String commonName, List<String> organizations, Validity validity, int purpose, List<byte[]> extensions) {
        KeyPair own = keys();
        List<byte[]> all = new ArrayList<>(extensions);
        all.add(extension(false, Der.of(Der.SEQUENCE, Der.object(1, 3, 6, 1, 5, 5, 7, 3, purpose)), 2, 5, 29, 37));
        return new Issued(certificate(name(commonName, organizations), own, validity, all), own.getPrivate());
    }

    private X509Certificate certificate(byte[] subject, KeyPair own, Validity validity, List<byte[]> extensions) {
        byte[] body = Der.of(
                Der.SEQUENCE,
                Der.of(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, RANDOM).setBit(119)),
                ECDSA,
                name,
                Der.of(
                        Der.SEQUENCE,
                        Der.text(Der.GENERALIZED_TIME, TIME.format(validity.from())),
                        Der.text(Der.GENERALIZED_TIME, TIME.format(validity.until()))),
                subject,
                own.getPublic().getEncoded(),
                Der.of(0xa3, Der.of(Der.SEQUENCE, extensions.toArray(byte[][]::new))));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            byte[] whole = Der.of(Der.SEQUENCE, body, ECDSA, Der.bits(signature.sign()));
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] yes() {
        return Der.of(Der.BOOLEAN, new byte[] {(byte) 0xff});
    }

    private static byte[] extension(boolean critical, byte[] value, int... id) {
        byte[] wrapped = Der.of(Der.OCTET_STRING, value);
        return critical
                ? Der.of(Der.SEQUENCE, Der.object(id), yes(), wrapped)
                : Der.of(Der.SEQUENCE, Der.object(id), wrapped);
    }

    private static byte[] name(String commonName, List<String> organizations) {
        List<byte[]> parts = new ArrayList<>();
        organizations.forEach(organization -> parts.add(part(10, organization)));
        parts.add(part(3, commonName));
        return Der.of(Der.SEQUENCE, parts.toArray(byte[][]::new));
    }

    private static byte[] part(int attribute, String value) {
        return Der.of(Der.SET, Der.of(Der.SEQUENCE, Der.object(2, 5, 4, attribute), Der.text(Der.UTF8, value)));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }
}
