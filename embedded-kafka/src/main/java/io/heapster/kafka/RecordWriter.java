package io.heapster.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what its caller must know to be in the log: none is lost in silence, and a slow broker is waited for. */
final class RecordWriter implements AutoCloseable {

    /** How long the broker may stand still, as it does on a machine that is short of processors. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Producer<byte[], byte[]> producer;

    RecordWriter(String bootstrapServers) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "compression.type",
                "lz4",
                "max.block.ms",
                patience,
                "delivery.timeout.ms",
                patience);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void write(Collection<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        records.forEach(record -> sent.add(producer.send(record)));
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("not every one of " + records.size() + " records was taken", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted before every record was taken", e);
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
