package io.heapster.contract.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.kafka.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsIT {

    private static final EmbeddedKafka KAFKA = EmbeddedKafka.inTemporaryDirectory();
    private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", KAFKA.bootstrapServers());
    private static final Map<String, Object> PATIENT =
            Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "max.block.ms", 120_000);

    @BeforeAll
    static void create() {
        assertThat(Topics.create(CLIENT, Topics.ALL))
                .containsExactly("heapster.samples", "heapster.aggregates", "heapster.events", "heapster.dead-letters");
    }

    @AfterAll
    static void close() {
        KAFKA.close();
    }

    @Test
    void createdTopicsAreAsSpecified() throws Exception {
        try (Admin admin = Admin.create(ClientProperties.admin(CLIENT))) {
            for (TopicSpec topic : Topics.ALL) {
                TopicDescription description = admin.describeTopics(List.of(topic.name()))
                        .allTopicNames()
                        .get()
                        .get(topic.name());
                assertThat(description).isNotNull();
                assertThat(description.partitions()).hasSize(topic.partitions()).allSatisfy(partition -> assertThat(
                                partition.replicas())
                        .hasSize(1));
                topic.configuration().forEach((key, value) -> assertThat(configured(admin, topic.name(), key))
                        .isEqualTo(value));
            }
        }
    }

    @Test
    void anExistingTopicIsNeverChanged() throws Exception {
        assertThat(Topics.create(
                        CLIENT, List.of(Topics.EVENTS.withPartitions(24).withRetention(Duration.ofHours(1)))))
                .isEmpty();

        try (Admin admin = Admin.create(ClientProperties.admin(CLIENT))) {
            assertThat(configured(admin, "heapster.events", "retention.ms")).isEqualTo("86400000");
        }
    }

    @Test
    void partitionOfIsWhereTheProducerSends() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ClientProperties.producer(PATIENT))) {
            for (int i = 0; i < 200; i++) {
                String node = "node-" + i + ".größe.example";
                int partition = producer.send(
                                new ProducerRecord<>(Topics.SAMPLES.name(), node.getBytes(UTF_8), new byte[] {1}))
                        .get()
                        .partition();
                assertThat(Topics.partitionOf(node, 64)).isEqualTo(partition);
            }
        }
    }

    @Test
    void withoutABrokerCreatingFailsInOneLine() {
        EmbeddedKafka gone = EmbeddedKafka.inTemporaryDirectory();
        gone.close();
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                gone.bootstrapServers(),
                "default.api.timeout.ms",
                "1000",
                "request.timeout.ms",
                "1000");

        assertThatThrownBy(() -> Topics.create(client, Topics.ALL))
                .isInstanceOf(BusUnavailableException.class)
                .hasMessageContaining(gone.bootstrapServers())
                .hasMessageNotContaining("\n");
    }

    private static String configured(Admin admin, String topic, String key) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(resource)).all().get();
            return configs.values().iterator().next().get(key).value();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
