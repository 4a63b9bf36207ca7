package io.heapster.contract.bus;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What every Kafka client of ours is configured with.
 *
 * <p>The given map is the user's ({@code kafka.*} without the prefix). What the user sets wins over the defaults,
 * except for the keys on which a promise rests: those are always ours.
 */
public final class ClientProperties {

    private static final Map<String, Object> PRODUCER_DEFAULTS = Map.of(
            "compression.type", "lz4",
            "linger.ms", 20,
            "batch.size", 65536,
            "max.block.ms", 5_000,
            "request.timeout.ms", 30_000,
            "delivery.timeout.ms", 120_000);

    private static final Map<String, Object> PRODUCER_PROMISES = Map.of(
            "acks",
            "all",
            "enable.idempotence",
            true,
            "key.serializer",
            ByteArraySerializer.class,
            "value.serializer",
            ByteArraySerializer.class);

    private static final Map<String, Object> CONSUMER_DEFAULTS = Map.of(
            "group.protocol", "consumer",
            "auto.offset.reset", "earliest",
            "allow.auto.create.topics", false);

    private static final Map<String, Object> CONSUMER_PROMISES = Map.of(
            "enable.auto.commit", false,
            "key.deserializer", ByteArrayDeserializer.class,
            "value.deserializer", ByteArrayDeserializer.class);

    static {
        NativeLz4.load();
    }

    private ClientProperties() {}

    /** For a {@code KafkaProducer<byte[], byte[]>} that loses nothing it has acknowledged and writes nothing twice. */
    public static Map<String, Object> producer(Map<String, Object> kafka) {
        return merged(PRODUCER_DEFAULTS, kafka, PRODUCER_PROMISES);
    }

    /** For a {@code KafkaConsumer<byte[], byte[]>} that commits only when told to. */
    public static Map<String, Object> consumer(Map<String, Object> kafka) {
        return merged(CONSUMER_DEFAULTS, kafka, CONSUMER_PROMISES);
    }

    /** For an {@code Admin} client. */
    public static Map<String, Object> admin(Map<String, Object> kafka) {
        return new HashMap<>(kafka);
    }

    private static Map<String, Object> merged(
            Map<String, Object> defaults, Map<String, Object> kafka, Map<String, Object> promises) {
        Map<String, Object> merged = new HashMap<>(defaults);
        merged.putAll(kafka);
        merged.putAll(promises);
        return merged;
    }
}
