package io.heapster.scraper.publish;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.MalformedEventException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one cluster in its partition of {@code heapster.events}, for that partition's owner. They lie in the
 * order of their versions: once one could not be appended, none behind it is, and a new log has to be opened that begins
 * with {@link #lastVersion}. For one thread.
 */
public final class EventLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int MOST_UNDER_WAY = 1_000;
    private static final long FIRST_STEP = 200;
    private static final long LONGEST_STEP = 20_000;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration HAND_OVER = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final String cluster;
    private final TopicPartition partition;
    private final Clock clock;
    private final Counter published;
    private final Counter tooLarge;
    private final Counter malformed;
    private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile @Nullable Exception failure;
    private final Thread thread = Thread.currentThread();
    /** Of this thread only. */
    private boolean notTaken;

    /** Connects to nothing yet. */
    public EventLog(Map<String, Object> kafka, String cluster, int partition, Clock clock, MeterRegistry meters) {
        this.kafka = kafka;
        this.cluster = cluster;
        this.partition = new TopicPartition(Topics.EVENTS.name(), partition);
        this.clock = clock;
        this.published = Counter.builder("heapster.events.published")
                .description("Events that Kafka has acknowledged")
                .tag("cluster", cluster)
                .register(meters);
        this.tooLarge = Counter.builder("heapster.events.skipped")
                .description("Events that were seen and not handed on")
                .tag("cluster", cluster)
                .tag("reason", "record_too_large")
                .register(meters);
        this.malformed = Counter.builder("heapster.history.records.skipped")
                .description("Records of partitions taken over that could not be read")
                .tag("reason", "malformed")
                .register(meters);
    }

    /**
     * The version of the cluster's last event in the partition, looked for from its end; 0 when there is none.
     *
     * @throws IOException if Kafka is away
     */
    public long lastVersion() throws IOException, InterruptedException {
        Map<String, Object> properties = ClientProperties.consumer(kafka);
        properties.remove("group.id");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition), ANSWER).getOrDefault(partition, 0L);
            long behind = consumer.endOffsets(List.of(partition), ANSWER).getOrDefault(partition, 0L);
            long step = FIRST_STEP;
            while (behind > begin) {
                long from = Math.max(begin, behind - step);
                long version = lastVersion(consumer, from, behind);
                if (version > 0) {
                    return version;
                }
                behind = from;
                step = Math.min(LONGEST_STEP, 4 * step);
            }
            return 0;
        } catch (InterruptException e) {
            throw interrupted();
        } catch (KafkaException e) {
            throw new IOException("Kafka does not tell the last event of cluster " + cluster + ": " + e, e);
        }
    }

    /** Clears the flag that Kafka's clients set, as everyone does who throws this. */
    private static InterruptedException interrupted() {
        var unused = Thread.interrupted();
        return new InterruptedException("interrupted while Kafka was asked");
    }

    private long lastVersion(KafkaConsumer<byte[], byte[]> consumer, long from, long behind) throws IOException {
        long version = 0;
        consumer.seek(partition, from);
        long progress = System.nanoTime();
        while (consumer.position(partition, ANSWER) < behind) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                progress = System.nanoTime();
                if (record.offset() < behind) {
                    long of = versionOf(record);
                    version = of > 0 ? of : version;
                }
            }
            if (System.nanoTime() - progress > ANSWER.toNanos()) {
                throw new IOException("Kafka gives no records of " + partition + " from " + from);
            }
        }
        return version;
    }

    /** 0 for a record of another cluster. */
    private long versionOf(ConsumerRecord<byte[], byte[]> record) {
        try {
            EventRecord event = EventCodec.decode(record.value() == null ? new byte[0] : record.value());
            return event.cluster().equals(cluster) ? event.resourceVersion() : 0;
        } catch (MalformedEventException e) {
            malformed.increment();
            return 0;
        }
    }

    /**
     * Appends the event. Waits while Kafka is away or slow, so that nothing is dropped and nothing piles up.
     *
     * @throws IOException if this or an earlier event was not appended; no later one was
     */
    public void append(EventRecord event) throws IOException, InterruptedException {
        try {
            do {
                check();
                room.acquire();
                notTaken = false;
                var unused = producer().send(record(event), (metadata, problem) -> done(problem));
            } while (notTaken);
        } catch (InterruptException e) {
            throw interrupted();
        } catch (KafkaException | IllegalStateException e) {
            failure = e;
        }
        check();
    }

    private ProducerRecord<byte[], byte[]> record(EventRecord event) {
        return new ProducerRecord<>(
                partition.topic(),
                partition.partition(),
                // When it is published, not when it happened: a topic's records must not be older than its retention.
                clock.millis(),
                event.recordKey().getBytes(StandardCharsets.UTF_8),
                EventCodec.encode(event));
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            Map<String, Object> properties = ClientProperties.producer(kafka);
            if (!kafka.containsKey("delivery.timeout.ms")) {
                // An event that was given up could not come again: the next one says that it was appended.
                properties.put("delivery.timeout.ms", Integer.MAX_VALUE);
            }
            open = new KafkaProducer<>(properties);
            producer = open;
        }
        return open;
    }

    private void check() throws IOException {
        Exception problem = failure;
        if (problem != null) {
            throw new IOException("Kafka does not take the events of cluster " + cluster + ": " + problem, problem);
        }
    }

    private void done(@Nullable Exception problem) {
        room.release();
        if (problem == null) {
            published.increment();
        } else if (Thread.currentThread() == thread && problem instanceof RetriableException) {
            // Told while it is handed in: the producer has no room, or knows of no broker, and did not take it.
            notTaken = true;
        } else if (problem instanceof RecordTooLargeException) {
            tooLarge.increment();
            LOG.warn("Kafka takes no event of this size ({}): raise message.max.bytes", problem.getMessage());
        } else {
            failure = problem;
        }
    }

    /** Waits 2 s at most until Kafka has what was appended; the rest is not sent. */
    @Override
    public void close() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open == null) {
            return;
        }
        // An interruption, by which this is usually ended, must not cut the hand-over short.
        boolean interrupted = Thread.interrupted();
        try {
            open.close(failure == null ? HAND_OVER : Duration.ZERO);
        } catch (KafkaException e) {
            LOG.warn("events of cluster {}: not all are known to be in Kafka: {}", cluster, e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
