package io.heapster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.bus.BusAccess;
import io.heapster.contract.bus.BusConnection;
import io.heapster.contract.bus.BusRecord;
import io.heapster.contract.bus.BusSettings;
import io.heapster.contract.bus.BusTrouble;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.PartitionOwnership;
import io.heapster.contract.bus.Topics;
import io.heapster.simulator.access.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The services' Kafka clients against a real broker, with what can be wrong between them. */
class KafkaSecurityIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SAMPLES = Topics.SAMPLES.name();

    @TempDir
    private static Path directory;

    private static SecuredKafka kafka;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        kafka = SecuredKafka.start(directory);
        Topics.create(
                Map.of("bootstrap.servers", kafka.open()),
                List.of(Topics.SAMPLES.withPartitions(2), Topics.AGGREGATES));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static BusConnection connection(Map<String, Object> client, CountDownLatch then) {
        return new BusConnection(
                client,
                new BusAccess().reading(Topics.SAMPLES).writing(Topics.SAMPLES).inGroup("heapster-scraper"),
                List.of(),
                then::countDown);
    }

    private static BusTrouble trouble(Map<String, Object> client) {
        CountDownLatch then = new CountDownLatch(1);
        try (BusConnection connection = connection(client, then)) {
            connection.start();
            await().atMost(PATIENCE).until(() -> connection.trouble().isPresent());
            assertThat(connection.isReached()).isFalse();
            assertThat(then.getCount()).isEqualTo(1);
            BusTrouble trouble = connection.trouble().orElseThrow();
            assertThat(trouble.line()).doesNotContain("\n").doesNotContain(SecuredKafka.PASSWORD);
            return trouble;
        }
    }

    /** By producer, member of a group and administrator: all that our services are to Kafka. */
    private static void works(Map<String, Object> client, String group) throws Exception {
        CountDownLatch then = new CountDownLatch(1);
        try (BusConnection connection = connection(client, then)) {
            connection.start();
            assertThat(then.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(connection.isReached()).isTrue();
            assertThat(connection.trouble()).isEmpty();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ClientProperties.producer(client))) {
            producer.send(new ProducerRecord<>(SAMPLES, 0, null, group.getBytes(StandardCharsets.UTF_8)))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        Seen seen = new Seen(group);
        try (PartitionOwnership ownership =
                new PartitionOwnership(client, group, SAMPLES, Duration.ofMinutes(5), Clock.systemUTC(), seen)) {
            var unused = ownership.start();
            assertThat(seen.record.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static final class Seen implements PartitionOwnership.Listener {
        private final CountDownLatch record = new CountDownLatch(1);
        private final String value;

        Seen(String value) {
            this.value = value;
        }

        @Override
        public void taken(int partition, List<BusRecord> history) {
            for (BusRecord each : history) {
                if (new String(each.value(), StandardCharsets.UTF_8).equals(value)) {
                    record.countDown();
                }
            }
        }

        @Override
        public void released(int partition) {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-512"})
    void theRightPasswordLetsIn(String mechanism) throws Exception {
        works(kafka.client("GOOD", mechanism, "heapster"), "heapster-" + mechanism);
    }

    @Test
    void aCertificateLetsIn() throws Exception {
        works(kafka.clientWithCertificate(), "heapster-certificate");
    }

    @Test
    void withoutACertificateItSaysWhichSettingIsMissing() {
        assertThat(trouble(kafka.trusting("MUTUAL", "SSL", kafka.file("ca.pem"))))
                .returns(true, BusTrouble::ofSettings)
                .extracting(BusTrouble::line)
                .asString()
                .contains("kafka.ssl.keystore.location");
    }

    @Test
    void aSignerNotTrustedIsNamedWithTheCure() throws Exception {
        Map<String, Object> client = kafka.client("GOOD", "PLAIN", "heapster");
        client.put(
                "ssl.truststore.location",
                TestAuthority.create("another")
                        .writeCertificate(kafka.file("another.pem"))
                        .toString());

        assertThat(trouble(client))
                .returns(true, BusTrouble::ofSettings)
                .extracting(BusTrouble::line)
                .asString()
                .contains("signed by nobody we know", "kafka.ssl.truststore.location", "another.pem");
    }

    @Test
    void anExpiredCertificateIsNamed() {
        Map<String, Object> client = kafka.client("EXPIRED", "PLAIN", "heapster");
        client.put("ssl.truststore.location", kafka.file("past.pem").toString());

        assertThat(trouble(client).line()).contains("not valid at this time", kafka.at("EXPIRED"));
    }

    @Test
    void aCertificateOfAnotherNameIsRefusedAndAcceptedWhenNamesDoNotCount() throws Exception {
        Map<String, Object> client = kafka.client("ELSEWHERE", "PLAIN", "heapster");

        assertThat(trouble(client).line())
                .contains("not for this host", "kafka.ssl.endpoint.identification.algorithm= (empty)");

        client.put("ssl.endpoint.identification.algorithm", "");
        works(client, "heapster-elsewhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-512"})
    void aWrongPasswordIsNamedWithTheUser(String mechanism) {
        Map<String, Object> client = kafka.client("GOOD", mechanism, "heapster");
        client.put("sasl.jaas.config", SecuredKafka.login(mechanism, "heapster", "guessed"));

        assertThat(trouble(client))
                .returns(true, BusTrouble::ofSettings)
                .extracting(BusTrouble::line)
                .asString()
                .contains("refuses user 'heapster' by " + mechanism, "kafka.sasl.jaas.config")
                .doesNotContain("guessed");
    }

    @Test
    void aMechanismThatTheBrokerDoesNotHaveIsNamed() {
        Map<String, Object> client = kafka.client("GOOD", "SCRAM-SHA-256", "heapster");

        assertThat(trouble(client).line()).contains("kafka.sasl.mechanism=SCRAM-SHA-256", "SCRAM-SHA-512");
    }

    @Test
    void theWrongProtocolForAPortIsNamed() {
        Map<String, Object> noTls = new HashMap<>(Map.of("bootstrap.servers", kafka.at("GOOD")));
        noTls.put("default.api.timeout.ms", 2_000);
        noTls.put("request.timeout.ms", 2_000);
        Map<String, Object> needlessTls = kafka.trusting("GOOD", "SSL", kafka.file("ca.pem"));
        needlessTls.put("bootstrap.servers", kafka.open());
        needlessTls.put("default.api.timeout.ms", 2_000);
        needlessTls.put("request.timeout.ms", 2_000);

        assertThat(trouble(noTls).line()).contains("kafka.security.protocol=PLAINTEXT");
        assertThat(trouble(needlessTls).line()).contains("kafka.security.protocol=SSL");
    }

    @Test
    void aMissingRightIsNamedAndOnceGrantedItGoesOn() throws Exception {
        Map<String, Object> client = kafka.client("GOOD", "SCRAM-SHA-512", "reader");
        CountDownLatch then = new CountDownLatch(1);
        try (BusConnection connection = connection(client, then)) {
            connection.start();
            awaitLine(connection, "user 'reader' may not Read topic heapster.samples");
            kafka.allow("reader", AclOperation.READ, ResourceType.TOPIC, "heapster.");
            awaitLine(
                    connection,
                    "user 'reader' may not Write topic heapster.samples: grant it (kafka-acls.sh --add"
                            + " --allow-principal User:reader --operation Write --topic heapster.samples");
            kafka.allow("reader", AclOperation.WRITE, ResourceType.TOPIC, "heapster.");
            awaitLine(connection, "user 'reader' may not Read group heapster-scraper");
            kafka.allow("reader", AclOperation.READ, ResourceType.GROUP, "heapster-");

            assertThat(then.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(connection.trouble()).isEmpty();
        }
    }

    private static void awaitLine(BusConnection connection, String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(connection.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.line()).contains(part)));
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        assertThat(trouble(Map.of("bootstrap.servers", "kafka.invalid:9092")))
                .returns(true, BusTrouble::ofSettings)
                .extracting(BusTrouble::line)
                .asString()
                .contains("kafka.bootstrap.servers=kafka.invalid:9092", "host kafka.invalid");
    }

    @Test
    void whatIsWrongInItselfStopsTheStartWithOneLine() throws IOException {
        assertWrong(Map.of("bootstrap.servers", "nonsense"), "'nonsense' is no list of addresses");
        assertWrong(Map.of("bootstrap.servers", "kafka:9092,kafka:99999"), "kafka:99999");
        assertWrong(Map.of(), "kafka.bootstrap.servers: ''");
        assertWrong(with("security.protocol", "TLS"), "security.protocol", "SASL_SSL");
        assertWrong(with("ssl.truststore.location", "/no/such/file"), "kafka.ssl.truststore.location: '/no/such/file'");
        Map<String, Object> noLogin = kafka.client("GOOD", "PLAIN", "heapster");
        noLogin.remove("sasl.jaas.config");
        assertWrong(noLogin, "sasl.jaas.config");
        Map<String, Object> noPem = kafka.client("GOOD", "PLAIN", "heapster");
        noPem.put(
                "ssl.truststore.location",
                java.nio.file.Files.writeString(kafka.file("no.pem"), "no PEM").toString());
        assertWrong(noPem, "kafka.*");
    }

    private static Map<String, Object> with(String key, String value) {
        return Map.of("bootstrap.servers", "kafka:9092", key, value);
    }

    private static void assertWrong(Map<String, Object> client, String... parts) {
        assertThatThrownBy(() -> BusSettings.check(client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n")
                .message()
                .contains(parts);
    }
}
