package io.heapster.scraper.publish;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Complaint;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches to {@code heapster.samples}. Handing one in never blocks: while Kafka is away batches wait, and when
 * there is no more room the oldest go and are counted. One thread sends.
 */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final long POLL_MILLIS = 200;
    private static final long PAUSE_MILLIS = 1_000;
    /** A tick lasts seconds, and each request costs as much as a record: so records of several nodes share one. */
    private static final int LINGER_MILLIS = 100;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ToIntFunction<NodeKey> partitionOf;
    private final PublishLimits limits;
    private final Outbox outbox;
    private final Pending pending = new Pending();
    private final PublishMeters meters;
    /** Keeps its buffers, so it is one for each thread that hands in batches; these are few and live long. */
    private final ThreadLocal<SampleBatchEncoder> encoders = ThreadLocal.withInitial(SampleBatchEncoder::new);

    private final Thread thread = new Thread(this::run, "samples-publisher");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long closeDeadlineNanos;
    private volatile long pauseUntilNanos;
    private volatile boolean pausing;
    private final Complaint complaint;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * Connects to nothing yet: see {@link #start()}.
     *
     * @param kafka the user's Kafka client properties
     * @param partitionOf the partition whose owner reads the node
     */
    public Publisher(
            Map<String, Object> kafka,
            ToIntFunction<NodeKey> partitionOf,
            PublishLimits limits,
            MeterRegistry registry) {
        this(kafka, () -> new KafkaProducer<>(properties(kafka, limits)), partitionOf, limits, registry);
    }

    Publisher(
            Map<String, Object> kafka,
            Supplier<Producer<byte[], byte[]>> producers,
            ToIntFunction<NodeKey> partitionOf,
            PublishLimits limits,
            MeterRegistry registry) {
        this.complaint = new Complaint(LOG, kafka);
        this.producers = producers;
        this.partitionOf = partitionOf;
        this.limits = limits;
        this.outbox = new Outbox(limits.queueRecords(), limits.queueBytes());
        this.meters = new PublishMeters(registry, outbox, pending, limits);
    }

    private static Map<String, Object> properties(Map<String, Object> kafka, PublishLimits limits) {
        Map<String, Object> properties = ClientProperties.producer(kafka);
        if (!kafka.containsKey("linger.ms")) {
            properties.put("linger.ms", LINGER_MILLIS);
        }
        if (!kafka.containsKey("delivery.timeout.ms")) {
            // What the producer holds is never given up; only our own queue drops, oldest first, and counts.
            properties.put("delivery.timeout.ms", Integer.MAX_VALUE);
        }
        if (!kafka.containsKey("max.request.size")) {
            properties.put("max.request.size", limits.recordBytes() + 4_096);
        }
        return properties;
    }

    public void start() {
        thread.start();
    }

    /** Encodes the batch and puts it into the queue. Never blocks. Several threads may call. */
    public void publish(SampleBatch batch) {
        byte[] value = encoders.get().encode(batch);
        if (value.length > limits.recordBytes()) {
            meters.droppedTooLarge.increment(batch.sampleCount());
            publish(SampleBatch.failed(
                    batch.nodeKey(),
                    batch.tickMillis(),
                    batch.resolutionMillis(),
                    "record_too_large: " + value.length + " bytes exceed heapster.scraper.publish.max-record-bytes="
                            + limits.recordBytes()));
            return;
        }
        NodeKey node = batch.nodeKey();
        add(new OutboundRecord(
                node,
                partitionOf.applyAsInt(node),
                batch.tickMillis(),
                batch.resolutionMillis(),
                batch.sampleCount(),
                value));
    }

    /** Waits until Kafka has all records of the partition, or has not in time. */
    public boolean flush(int partition, Duration patience) {
        try {
            return pending.awaitNone(partition, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends what waits, for 5 s at most; the rest is counted as dropped. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    void close(Duration patience) {
        closeDeadlineNanos = System.nanoTime() + patience.toNanos();
        closing.countDown();
        try {
            thread.join(patience.toMillis() + 10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(OutboundRecord record) {
        pending.added(record.partition());
        for (OutboundRecord dropped : outbox.add(record)) {
            meters.droppedQueueFull.increment(dropped.sampleCount());
            pending.done(dropped.partition());
        }
    }

    private void run() {
        try {
            OutboundRecord record = null;
            while (!over(record)) {
                if (record == null) {
                    record = outbox.poll(POLL_MILLIS);
                }
                if (record != null && send(record)) {
                    record = null;
                }
            }
            giveUp(record);
        } catch (InterruptedException | InterruptException e) {
            LOG.warn("The publisher was interrupted; {} records are lost", pending.all());
        }
    }

    /** Closing, and either nothing is left to send or the time for it has passed. */
    private boolean over(@Nullable OutboundRecord record) {
        return closing.getCount() == 0
                && ((record == null && outbox.size() == 0) || System.nanoTime() >= closeDeadlineNanos);
    }

    private void giveUp(@Nullable OutboundRecord held) throws InterruptedException {
        if (producer != null) {
            Duration left = Duration.ofNanos(Math.max(0, closeDeadlineNanos - System.nanoTime()));
            producer.close(left);
        }
        for (OutboundRecord record = held; ; record = outbox.poll(0)) {
            if (record == null && outbox.size() == 0) {
                break;
            }
            if (record != null) {
                meters.droppedShutdown.increment(record.sampleCount());
                pending.done(record.partition());
            }
        }
    }

    /** Hands the record to the producer; false when it has to be tried again. */
    private boolean send(OutboundRecord record) throws InterruptedException {
        if (pausing) {
            var unused = closing.await(pauseUntilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            pausing = false;
        }
        try {
            Producer<byte[], byte[]> to = producer;
            if (to == null) {
                to = producers.get();
                producer = to;
            }
            var unused = to.send(
                    new ProducerRecord<>(
                            Topics.SAMPLES.name(),
                            record.partition(),
                            record.tickMillis(),
                            record.node().recordKey().getBytes(StandardCharsets.UTF_8),
                            record.value()),
                    (metadata, failure) -> done(record, failure));
            return true;
        } catch (RecordTooLargeException e) {
            done(record, e);
            return true;
        } catch (InterruptException e) {
            throw e;
        } catch (RetriableException e) {
            LOG.debug("Kafka takes no records: {}", e.toString());
            return false;
        } catch (KafkaException | IllegalStateException e) {
            // A producer in such a state does not recover by itself; a new one may.
            complaint.about("Cannot send to Kafka, trying again with a new producer", e);
            abandonProducer();
            var unused = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            return false;
        }
    }

    private void abandonProducer() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(Duration.ZERO);
        }
    }

    private void done(OutboundRecord record, @Nullable Exception failure) {
        if (failure == null) {
            meters.acknowledged.increment();
            pending.done(record.partition());
        } else if (failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException) {
            tooLarge(record, failure);
        } else if (closing.getCount() == 0) {
            meters.failed.increment();
            meters.droppedShutdown.increment(record.sampleCount());
            pending.done(record.partition());
        } else {
            complaint.about("Kafka did not take a record of " + record.node() + ", sending it again", failure);
            if (!(failure instanceof RetriableException)) {
                // It refuses at once, and would every record.
                pauseUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
                pausing = true;
            }
            meters.retried.increment();
            add(record);
            pending.done(record.partition());
        }
    }

    private void tooLarge(OutboundRecord record, Exception failure) {
        meters.failed.increment();
        meters.droppedTooLarge.increment(record.sampleCount());
        LOG.warn(
                "Kafka takes no record of {} bytes ({}): {}; raise message.max.bytes or lower the size of a node",
                record.value().length,
                record.node(),
                failure.getMessage());
        if (record.sampleCount() > 0) {
            publish(SampleBatch.failed(
                    record.node(),
                    record.tickMillis(),
                    record.resolutionMillis(),
                    "record_too_large: Kafka refused " + record.value().length + " bytes"));
        }
        pending.done(record.partition());
    }
}
