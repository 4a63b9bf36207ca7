package io.heapster.contract.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {

    @Test
    void producerDefaultsArePinned() {
        assertThat(ClientProperties.producer(Map.of("bootstrap.servers", "k:9092")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("bootstrap.servers", "k:9092"),
                        Map.entry("acks", "all"),
                        Map.entry("enable.idempotence", true),
                        Map.entry("compression.type", "lz4"),
                        Map.entry("linger.ms", 20),
                        Map.entry("batch.size", 65536),
                        Map.entry("max.block.ms", 5_000),
                        Map.entry("request.timeout.ms", 30_000),
                        Map.entry("delivery.timeout.ms", 120_000),
                        Map.entry("key.serializer", ByteArraySerializer.class),
                        Map.entry("value.serializer", ByteArraySerializer.class)));
    }

    @Test
    void consumerDefaultsArePinned() {
        assertThat(ClientProperties.consumer(Map.of("bootstrap.servers", "k:9092")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers",
                        "k:9092",
                        "group.protocol",
                        "consumer",
                        "auto.offset.reset",
                        "earliest",
                        "allow.auto.create.topics",
                        false,
                        "enable.auto.commit",
                        false,
                        "key.deserializer",
                        ByteArrayDeserializer.class,
                        "value.deserializer",
                        ByteArrayDeserializer.class));
    }

    @Test
    void theUserWinsExceptWhereAPromiseRests() {
        Map<String, Object> user = Map.of(
                "bootstrap.servers", "k:9092",
                "compression.type", "zstd",
                "linger.ms", "5",
                "auto.offset.reset", "latest",
                "acks", "1",
                "enable.idempotence", "false",
                "enable.auto.commit", "true");

        assertThat(ClientProperties.producer(user))
                .containsEntry("compression.type", "zstd")
                .containsEntry("linger.ms", "5")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true);
        assertThat(ClientProperties.consumer(user))
                .containsEntry("auto.offset.reset", "latest")
                .containsEntry("enable.auto.commit", false);
        assertThat(ClientProperties.admin(user)).containsExactlyInAnyOrderEntriesOf(user);
    }
}
