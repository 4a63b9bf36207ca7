package io.heapster.pipeline;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code heapster.samples} from its beginning, as an observer without a group. */
final class SampleLog implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();
    private final List<SampleBatch> seen = new ArrayList<>();

    SampleLog(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        // As any of the services would: whoever comes first makes the topics.
        Topics.create(Map.of("bootstrap.servers", bootstrapServers), Topics.ALL);
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(Topics.SAMPLES.name())
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records so far. */
    List<SampleBatch> read() {
        int before;
        do {
            before = seen.size();
            for (ConsumerRecord<byte[], byte[]> kafka : consumer.poll(Duration.ofMillis(200))) {
                try {
                    seen.add(decoder.decode(kafka.value()));
                } catch (MalformedBatchException e) {
                    throw new AssertionError("the pipeline wrote what it cannot read: " + kafka, e);
                }
            }
        } while (seen.size() > before);
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
