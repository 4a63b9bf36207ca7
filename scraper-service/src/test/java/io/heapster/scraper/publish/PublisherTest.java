package io.heapster.scraper.publish;

import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final NodeKey NODE = new NodeKey("c", "n");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicBoolean away = new AtomicBoolean();
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Publisher publisher = new Publisher(
            Map.of(),
            () -> {
                if (away.get()) {
                    throw new TimeoutException("no broker");
                }
                return kafka;
            },
            node -> 7,
            new PublishLimits(3, 1 << 20, 1_024),
            meters);

    @AfterEach
    void close() {
        publisher.close(Duration.ofMillis(200));
    }

    private static SampleBatch batch(long tick, int entities) {
        List<Entity> list = new ArrayList<>();
        for (int i = 0; i < entities; i++) {
            Entity entity = new Entity(
                    EntityType.SYSTEM_CONTAINER,
                    Labels.of(LabelKey.NODENAME, "n", LabelKey.CONTAINER_NAME, "container-" + i));
            entity.samples().add(CPU_USAGE, i * 1_000_003L);
            list.add(entity);
        }
        return SampleBatch.ok(NODE, tick, 1_000, list);
    }

    private double dropped(String reason) {
        return meters.get("heapster.samples.dropped")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void aRecordHasTheNodesKeyItsPartitionAndTheTick() {
        publisher.start();

        publisher.publish(batch(5_000, 1));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.history()).hasSize(1));
        ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
        assertThat(record.topic()).isEqualTo(Topics.SAMPLES.name());
        assertThat(record.partition()).isEqualTo(7);
        assertThat(record.timestamp()).isEqualTo(5_000);
        assertThat(record.key()).asString().isEqualTo("c/n");
        assertThat(publisher.flush(7, Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void whileKafkaIsAwayTheOldestAreDroppedAndCounted() throws MalformedBatchException {
        away.set(true);
        for (int tick = 1; tick <= 5; tick++) {
            publisher.publish(batch(tick * 1_000L, 2));
        }

        assertThat(dropped("queue_full")).isEqualTo(4);
        assertThat(meters.get("heapster.publish.queue.records").gauge().value()).isEqualTo(3);
        assertThat(publisher.flush(7, Duration.ofMillis(20))).isFalse();

        away.set(false);
        publisher.start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.history())
                .extracting(ProducerRecord::timestamp)
                .containsExactly(3_000L, 4_000L, 5_000L));
    }

    @Test
    void aNodeTooLargeForARecordFailsWithTheReason() throws MalformedBatchException {
        publisher.start();

        publisher.publish(batch(1_000, 500));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.history()).hasSize(1));
        SampleBatch sent =
                new SampleBatchDecoder().decode(kafka.history().get(0).value());
        assertThat(sent.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(sent.reason()).startsWith("record_too_large: ");
        assertThat(dropped("record_too_large")).isEqualTo(500);
    }

    @Test
    void closingSendsWhatWaitsAndCountsWhatItCannot() {
        away.set(true);
        publisher.start();
        publisher.publish(batch(1_000, 2));

        publisher.close(Duration.ofMillis(300));

        assertThat(dropped("shutdown")).isEqualTo(2);
    }
}
