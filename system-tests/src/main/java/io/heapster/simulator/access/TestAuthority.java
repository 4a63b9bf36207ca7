package io.heapster.simulator.access;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority that lives as long as one test run; every instance is another authority. */
public final class TestAuthority {
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Clock clock;

    private TestAuthority(X500Name name, KeyPair keys, X509Certificate certificate, Clock clock) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
        this.clock = clock;
    }

    /** A new authority with its own key, valid around the present. */
    public static TestAuthority create(String commonName) {
        return create(commonName, Clock.systemUTC());
    }

    /** A new authority whose certificates are valid around the clock's time. */
    public static TestAuthority create(String commonName, Clock clock) {
        X500Name name = new X500Name("CN=" + commonName);
        KeyPair keys = newKeys();
        try {
            X509v3CertificateBuilder builder = builder(name, name, keys, clock)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
            return new TestAuthority(name, keys, sign(builder, keys), clock);
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server certificate for these DNS names and IP addresses; the first is also the common name. */
    public TestCertificate issueServer(String firstName, String... furtherNames) {
        return issue(KeyPurposeId.id_kp_serverAuth, firstName, furtherNames);
    }

    /** A client certificate for this common name, as the front proxy of an API server shows one. */
    public TestCertificate issueClient(String commonName) {
        return issue(KeyPurposeId.id_kp_clientAuth, commonName);
    }

    private TestCertificate issue(KeyPurposeId purpose, String firstName, String... furtherNames) {
        KeyPair own = newKeys();
        GeneralName[] names = new GeneralName[1 + furtherNames.length];
        names[0] = alternativeName(firstName);
        for (int i = 0; i < furtherNames.length; i++) {
            names[i + 1] = alternativeName(furtherNames[i]);
        }
        try {
            X509v3CertificateBuilder builder = builder(name, new X500Name("CN=" + firstName), own, clock)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            X509Certificate issued = sign(builder, keys);
            return new TestCertificate(List.of(issued), pem(issued), pem(own.getPrivate()), own.getPrivate());
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's own certificate, to be trusted by clients. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's own certificate as PEM text. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** Writes the authority's certificate as PEM and returns the file. */
    public Path writeCertificate(Path file) throws IOException {
        return Files.writeString(file, certificatePem(), StandardCharsets.US_ASCII);
    }

    private static GeneralName alternativeName(String name) {
        boolean address = ADDRESS.matcher(name).matches();
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair subjectKeys, Clock clock) {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM).setBit(119),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(VALIDITY)),
                subject,
                subjectKeys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair keys) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            Object pkcs8 = object instanceof PrivateKey key ? new PemObject("PRIVATE KEY", key.getEncoded()) : object;
            writer.writeObject(pkcs8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
