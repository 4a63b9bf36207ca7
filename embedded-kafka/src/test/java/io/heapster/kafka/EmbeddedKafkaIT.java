package io.heapster.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @TempDir
    Path directory;

    @Test
    void recordsAndGroupOffsetsSurviveARestartOnTheSameDirectory() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Settings.in(directory))) {
            createTopic(kafka, "t");
            produce(kafka, "t", "one", "two", "three");
            assertThat(consume(kafka, "t", 2)).containsExactly("one", "two");
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(Settings.in(directory))) {
            assertThat(consume(kafka, "t", 1)).containsExactly("three");
            produce(kafka, "t", "four");
            assertThat(consume(kafka, "t", 1)).containsExactly("four");
        }
    }

    @Test
    void resumesOnTheSamePort() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Settings.in(directory))) {
            String address = kafka.bootstrapServers();
            createTopic(kafka, "t");
            produce(kafka, "t", "one");
            kafka.stop();
            kafka.resume();

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(consume(kafka, "t", 1)).containsExactly("one");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedInOneLine() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Settings.in(directory))) {
            assertThat(kafka.settings().port()).isPositive();
            assertThatThrownBy(() -> EmbeddedKafka.start(Settings.in(directory)))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessage("Kafka directory " + directory
                            + " is in use by another broker: stop that one or give another directory");
        }
    }

    @Test
    void aPortInUseIsRefusedInOneLine() {
        try (EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory()) {
            int port = kafka.settings().port();
            assertThatThrownBy(() -> EmbeddedKafka.start(Settings.in(directory).withPort(port)))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("stop what uses the port")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aFailedStartLeavesTheDirectoryFree() {
        try (EmbeddedKafka other = EmbeddedKafka.inTemporaryDirectory()) {
            Settings taken = Settings.in(directory).withPort(other.settings().port());
            assertThatThrownBy(() -> EmbeddedKafka.start(taken)).isInstanceOf(BrokerStartException.class);
            Settings wrong = Settings.in(directory).with("num.io.threads", "none");
            assertThatThrownBy(() -> EmbeddedKafka.start(wrong))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("num.io.threads");
        }

        EmbeddedKafka.start(Settings.in(directory)).close();
    }

    @Test
    void aTemporaryDirectoryIsDeletedAtClose() {
        EmbeddedKafka kafka = EmbeddedKafka.inTemporaryDirectory();
        assertThat(kafka.settings().directory()).exists();
        kafka.close();
        kafka.close();

        assertThat(Files.exists(kafka.settings().directory())).isFalse();
    }

    private static void createTopic(EmbeddedKafka kafka, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void produce(EmbeddedKafka kafka, String topic, String... values) {
        kafka.write(Stream.of(values)
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, value.getBytes(UTF_8)))
                .toList());
    }

    private static List<String> consume(EmbeddedKafka kafka, String topic, int count) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "g",
                "group.protocol", "consumer",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "max.poll.records", "1");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            consumer.commitSync();
        }
        return values;
    }
}
