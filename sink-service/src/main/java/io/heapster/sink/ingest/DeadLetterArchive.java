package io.heapster.sink.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads what lies on {@code heapster.dead-letters} at the moment it is opened, letters of one node in their order.
 * Reading changes nothing: no group, no offset, no letter. For one thread.
 */
public final class DeadLetterArchive implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final byte[] NOTHING = {};

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private DeadLetterArchive(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
    }

    /**
     * @param kafka the user's Kafka client properties
     * @throws IOException if Kafka does not answer
     */
    public static DeadLetterArchive open(Map<String, Object> kafka) throws IOException {
        Consumer<byte[], byte[]> consumer;
        try {
            consumer = new KafkaConsumer<>(ClientProperties.consumer(kafka));
        } catch (KafkaException e) {
            throw unavailable(e);
        }
        try {
            return new DeadLetterArchive(consumer, begin(consumer));
        } catch (KafkaException e) {
            consumer.close();
            throw unavailable(e);
        }
    }

    /** Where each partition ends now. */
    private static Map<TopicPartition, Long> begin(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        List<PartitionInfo> known = consumer.partitionsFor(Topics.DEAD_LETTERS.name(), ANSWER);
        for (PartitionInfo partition : known == null ? List.<PartitionInfo>of() : known) {
            partitions.add(new TopicPartition(partition.topic(), partition.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions, ANSWER);
    }

    /**
     * The next letters; none when all were given.
     *
     * @throws IOException if Kafka does not answer
     */
    public List<KeptLetter> next() throws IOException {
        try {
            while (!isRead()) {
                List<KeptLetter> letters = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                    if (end != null && record.offset() < end) {
                        letters.add(letter(record));
                    }
                }
                if (!letters.isEmpty()) {
                    return letters;
                }
            }
            return List.of();
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private boolean isRead() {
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (consumer.position(end.getKey()) < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static IOException unavailable(KafkaException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        return new IOException(
                "Kafka does not give the dead letters, check kafka.bootstrap.servers (--kafka): " + reason.getMessage(),
                e);
    }

    private static KeptLetter letter(ConsumerRecord<byte[], byte[]> record) {
        Origin origin = new Origin(
                text(record, "heapster-topic"),
                (int) number(record, "heapster-partition"),
                number(record, "heapster-offset"),
                record.key() == null ? NOTHING : record.key());
        DeadLetter letter = new DeadLetter(
                text(record, "heapster-sink"),
                text(record, "heapster-reason"),
                origin,
                (int) Math.max(0, number(record, "heapster-points")),
                record.value() == null ? NOTHING : record.value());
        return new KeptLetter(letter, record.timestamp());
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
        try {
            return Long.parseLong(text(record, name));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
