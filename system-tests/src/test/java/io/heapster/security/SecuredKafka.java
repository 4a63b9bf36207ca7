package io.heapster.security;

import io.heapster.kafka.EmbeddedKafka;
import io.heapster.kafka.Settings;
import io.heapster.simulator.access.TestAuthority;
import io.heapster.simulator.access.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A real broker with a listener for each way in: good and bad certificates, passwords, client certificates, and rights.
 * Users are {@code heapster}, who may everything, and {@code reader}, who may read and no more.
 */
final class SecuredKafka implements AutoCloseable {
    static final String PASSWORD = "a password, not guessed";

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

    private final EmbeddedKafka broker;
    private final TestAuthority authority;
    private final Path directory;

    private SecuredKafka(EmbeddedKafka broker, TestAuthority authority, Path directory) {
        this.broker = broker;
        this.authority = authority;
        this.directory = directory;
    }

    static SecuredKafka start(Path directory) throws IOException, InterruptedException {
        TestAuthority authority = TestAuthority.create("Kafka's signer");
        TestCertificate good = authority.issueServer("127.0.0.1");
        TestCertificate elsewhere = authority.issueServer("kafka.example");
        TestAuthority past = TestAuthority.create(
                "Kafka's signer of old", Clock.fixed(Instant.now().minus(Duration.ofDays(90)), ZoneOffset.UTC));
        Settings settings = Settings.in(directory.resolve("data"))
                .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("super.users", "User:ANONYMOUS;User:heapster;User:CN=heapster")
                .with("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512")
                .with("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings = withTls(settings, "GOOD", "SASL_SSL", good, directory);
        settings = withTls(settings, "ELSEWHERE", "SASL_SSL", elsewhere, directory);
        settings = withTls(settings, "EXPIRED", "SASL_SSL", past.issueServer("127.0.0.1"), directory);
        settings = withTls(settings, "MUTUAL", "SSL", good, directory)
                .with("listener.name.mutual.ssl.client.auth", "required")
                .with("listener.name.mutual.ssl.truststore.type", "PEM")
                .with(
                        "listener.name.mutual.ssl.truststore.location",
                        authority.writeCertificate(directory.resolve("ca.pem")).toString());
        past.writeCertificate(directory.resolve("past.pem"));
        EmbeddedKafka broker = EmbeddedKafka.start(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            for (String user : List.of("heapster", "reader")) {
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                                user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                        .all()
                        .get();
            }
        } catch (ExecutionException e) {
            broker.close();
            throw new IOException(e);
        }
        return new SecuredKafka(broker, authority, directory);
    }

    private static Settings withTls(
            Settings settings, String name, String protocol, TestCertificate certificate, Path directory)
            throws IOException {
        String prefix = "listener.name." + name.toLowerCase(java.util.Locale.ROOT) + ".";
        Path file = keyStore(certificate, directory.resolve(name + ".pem"));
        Settings with = settings.withListener(name, protocol)
                .with(prefix + "ssl.keystore.type", "PEM")
                .with(prefix + "ssl.keystore.location", file.toString());
        return protocol.equals("SSL")
                ? with
                : with.with(
                                prefix + "plain.sasl.jaas.config",
                                PLAIN + " required user_heapster=\"" + PASSWORD + "\" user_reader=\"" + PASSWORD
                                        + "\";")
                        .with(prefix + "scram-sha-512.sasl.jaas.config", SCRAM + " required;");
    }

    private static Path keyStore(TestCertificate certificate, Path file) throws IOException {
        return Files.writeString(file, certificate.keyPem() + certificate.certificatePem());
    }

    /** A client's properties by the mechanism; everything is right. */
    Map<String, Object> client(String listener, String mechanism, String user) {
        Map<String, Object> client = trusting(listener, "SASL_SSL", directory.resolve("ca.pem"));
        client.put("sasl.mechanism", mechanism);
        client.put("sasl.jaas.config", login(mechanism, user, PASSWORD));
        return client;
    }

    /** A client's properties with a certificate instead of a password. */
    Map<String, Object> clientWithCertificate() throws IOException {
        Map<String, Object> client = trusting("MUTUAL", "SSL", directory.resolve("ca.pem"));
        client.put("ssl.keystore.type", "PEM");
        client.put(
                "ssl.keystore.location",
                keyStore(authority.issueClient("heapster"), directory.resolve("client.pem"))
                        .toString());
        return client;
    }

    Map<String, Object> trusting(String listener, String protocol, Path ca) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", broker.bootstrapServers(listener));
        client.put("security.protocol", protocol);
        client.put("ssl.truststore.type", "PEM");
        client.put("ssl.truststore.location", ca.toString());
        return client;
    }

    static String login(String mechanism, String user, String password) {
        return (mechanism.equals("PLAIN") ? PLAIN : SCRAM) + " required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Allows a user to do something with everything of a type. */
    void allow(String user, AclOperation operation, ResourceType type, String name)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createAcls(Set.of(new AclBinding(
                            new ResourcePattern(type, name, PatternType.PREFIXED),
                            new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW))))
                    .all()
                    .get();
        }
    }

    String open() {
        return broker.bootstrapServers();
    }

    String at(String listener) {
        return broker.bootstrapServers(listener);
    }

    @Override
    public void close() {
        broker.close();
    }
}
