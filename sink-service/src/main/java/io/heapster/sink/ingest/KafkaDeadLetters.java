package io.heapster.sink.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code heapster.dead-letters}. Headers of a letter, as text: {@code heapster-sink}, {@code heapster-reason},
 * {@code heapster-points}, and {@code heapster-topic}, {@code heapster-partition}, {@code heapster-offset} of the record
 * it was part of. Safe for any number of threads.
 */
public final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
    private static final Duration LEAVE = Duration.ofSeconds(3);
    private static final byte[] NOTHING = {};

    private final Map<String, Object> properties;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Does not connect before the first letter. */
    public KafkaDeadLetters(Map<String, Object> kafka) {
        this.properties = ClientProperties.producer(kafka);
        properties.put("client.id", "heapster-sink-dead-letters");
    }

    @Override
    public void put(DeadLetter letter) throws IOException, InterruptedException {
        try {
            send(record(letter, letter.value()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw new IOException("dead letter of " + letter.origin() + " not kept: " + e.getCause(), e);
            }
            sendWithoutValue(letter);
        } catch (KafkaException e) {
            throw new IOException("dead letter of " + letter.origin() + " not kept: " + e.getMessage(), e);
        }
    }

    /** The headers still say where the value is to be found for as long as its own topic keeps it. */
    private void sendWithoutValue(DeadLetter letter) throws IOException, InterruptedException {
        try {
            send(record(letter, NOTHING));
        } catch (ExecutionException e) {
            throw new IOException("dead letter of " + letter.origin() + " not kept: " + e.getCause(), e);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        connected().send(record).get();
    }

    private synchronized Producer<byte[], byte[]> connected() {
        if (producer == null) {
            producer = new KafkaProducer<>(properties);
        }
        return producer;
    }

    private static ProducerRecord<byte[], byte[]> record(DeadLetter letter, byte[] value) {
        Origin origin = letter.origin();
        var record = new ProducerRecord<>(Topics.DEAD_LETTERS.name(), origin.key(), value);
        header(record, "heapster-sink", letter.sink());
        header(record, "heapster-reason", letter.reason());
        header(record, "heapster-points", Integer.toString(letter.points()));
        header(record, "heapster-topic", origin.topic());
        header(record, "heapster-partition", Integer.toString(origin.partition()));
        header(record, "heapster-offset", Long.toString(origin.offset()));
        return record;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String text) {
        record.headers().add(name, text.getBytes(UTF_8));
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(LEAVE);
            producer = null;
        }
    }
}
