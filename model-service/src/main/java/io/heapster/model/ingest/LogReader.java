package io.heapster.model.ingest;

import io.heapster.contract.bus.BusUnavailableException;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Complaint;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of the samples and the aggregates, in no group and committing nothing, from a given age on and
 * then for ever. Its one thread ends with {@link #close()} and nothing else: while Kafka is away it tries again, and a
 * record that is no batch is passed over and counted.
 */
public final class LogReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final List<String> TOPICS = List.of(Topics.SAMPLES.name(), Topics.AGGREGATES.name());
    private static final Duration POLL = Duration.ofMillis(200);
    /**
     * Few bytes at once: Kafka's 50 MB an answer would live in the old generation and make the heap larger than the
     * model. More than half a region of G1 (1 MiB) at once also makes it look each time whether to collect everything.
     * Yet not each record by itself: live ones are waited for a little, since asking costs more than reading.
     */
    private static final Map<String, Object> FETCHES = Map.of(
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 384 << 10,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 << 10,
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 128 << 10,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final long LOOK_FOR_PARTITIONS_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Map<String, Object> kafka;
    private final Map<String, Object> properties;
    private final boolean createTopics;
    private final Duration history;
    private final Clock clock;
    private final BatchReceiver receiver;
    private final IngestMetrics metrics;
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();
    private final Complaint complaint;
    private final CatchUp catchUp = new CatchUp();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile long lastTurnNanos = System.nanoTime();
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /**
     * Does not read yet: see {@link #start()}.
     *
     * @param kafka the user's Kafka client properties, at least {@code bootstrap.servers}
     * @param createTopics whether missing topics are created
     * @param history how old a record may be, by its own timestamp, to be handed on
     * @throws org.apache.kafka.common.config.ConfigException if a property is wrong
     */
    public LogReader(
            Map<String, Object> kafka,
            boolean createTopics,
            Duration history,
            Clock clock,
            BatchReceiver receiver,
            IngestMetrics metrics) {
        this.kafka = Map.copyOf(kafka);
        this.complaint = new Complaint(LOG, kafka);
        this.properties = ClientProperties.consumer(kafka);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // The new protocol is one of groups, and this consumer is in none.
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        FETCHES.forEach(properties::putIfAbsent);
        this.createTopics = createTopics;
        this.history = history;
        this.clock = clock;
        this.receiver = receiver;
        this.metrics = metrics;
        this.thread = new Thread(this::run, "log-reader");
        var unused = new ConsumerConfig(properties);
    }

    public void start() {
        thread.start();
    }

    /** Whether all that was in the log at the start has been handed on. */
    public boolean isCaughtUp() {
        return catchUp.isDone();
    }

    /** Whether the loop has turned within the given time, or has not begun: what a liveness check asks. */
    public boolean moved(Duration within) {
        return thread.getState() == Thread.State.NEW || System.nanoTime() - lastTurnNanos <= within.toNanos();
    }

    /** Ends the thread; returns when it has ended, after 10 s at the latest. */
    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!isClosing()) {
            lastTurnNanos = System.nanoTime();
            try {
                if (createTopics) {
                    Topics.create(kafka, Topics.ALL);
                }
                read();
            } catch (WakeupException e) {
                LOG.debug("Woken to end");
            } catch (BusUnavailableException | KafkaException e) {
                complaint.about("Cannot read the log, trying again", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            var unused = closing.await(pauseMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody but close() ends this thread, and close() does not interrupt.
            LOG.debug("Interrupted while waiting", e);
        }
        pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
    }

    private void read() {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
            current = consumer;
            long lookedNanos = System.nanoTime() - LOOK_FOR_PARTITIONS_NANOS;
            while (!isClosing()) {
                lastTurnNanos = System.nanoTime();
                if (lastTurnNanos - lookedNanos >= LOOK_FOR_PARTITIONS_NANOS) {
                    assign(consumer);
                    lookedNanos = lastTurnNanos;
                }
                take(consumer.poll(POLL));
                follow(consumer);
                pauseMillis = FIRST_PAUSE_MILLIS;
            }
        } finally {
            current = null;
        }
    }

    /** Assigns all partitions there are, and goes to where each is to be read from: its position, or the age asked for. */
    private void assign(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> all = new HashSet<>();
        for (String topic : TOPICS) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic, ANSWER);
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException(
                        "topic " + topic + " is missing; create it or set heapster.kafka.create-topics=true");
            }
            partitions.forEach(info -> all.add(new TopicPartition(topic, info.partition())));
        }
        Set<TopicPartition> added = new HashSet<>(all);
        added.removeAll(consumer.assignment());
        if (added.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> starts = startsOf(added, consumer);
        consumer.assign(all);
        starts.forEach(consumer::seek);
        LOG.info("Reading {} partitions of {}", all.size(), TOPICS);
    }

    private Map<TopicPartition, Long> startsOf(Set<TopicPartition> added, Consumer<byte[], byte[]> consumer) {
        long cut = oldestTimestamp();
        Map<TopicPartition, Long> cuts = new HashMap<>();
        for (TopicPartition partition : added) {
            if (!positions.containsKey(partition)) {
                cuts.put(partition, cut);
            }
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(cuts.keySet(), ANSWER);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(cuts, ANSWER);
        for (TopicPartition partition : cuts.keySet()) {
            long end = ends.getOrDefault(partition, 0L);
            OffsetAndTimestamp start = found.get(partition);
            positions.put(partition, start == null ? end : start.offset());
            catchUp.expect(partition, end);
        }
        Map<TopicPartition, Long> starts = new HashMap<>(positions);
        starts.keySet().retainAll(added);
        // Partitions read before keep their positions: assigning more of them does not move these.
        return starts;
    }

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        long samples = 0;
        long bytes = 0;
        int outdated = 0;
        long oldest = oldestTimestamp();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                bytes += Math.max(0, record.serializedValueSize());
                if (record.timestamp() < oldest) {
                    // Not even decoded: who has fallen behind by so much catches up by leaving out, not by working.
                    outdated++;
                } else {
                    samples += take(record);
                }
            }
            positions.put(partition, records.get(records.size() - 1).offset() + 1);
        }
        metrics.read(polled.count(), samples, bytes);
        metrics.outdated(outdated);
    }

    private long oldestTimestamp() {
        return clock.instant().minus(history).toEpochMilli();
    }

    /** @return how many values the record carries */
    private int take(ConsumerRecord<byte[], byte[]> record) {
        SampleBatch batch = decode(record);
        int samples = 0;
        if (batch != null) {
            try {
                samples = batch.sampleCount();
                receiver.receive(batch);
            } catch (RuntimeException e) {
                // No single record may end the reading of all others, whatever it brings to light.
                metrics.undecodable();
                LOG.error("Passed over record {} of {}-{}", record.offset(), record.topic(), record.partition(), e);
            }
        }
        return samples;
    }

    private @Nullable SampleBatch decode(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        String problem = "no value";
        if (value != null) {
            try {
                return decoder.decode(value);
            } catch (MalformedBatchException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        metrics.undecodable();
        LOG.warn("Passed over record {} of {}-{}: {}", record.offset(), record.topic(), record.partition(), problem);
        return null;
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        if (!catchUp.isDone()) {
            for (TopicPartition partition : catchUp.missing()) {
                catchUp.reached(partition, consumer.position(partition, ANSWER));
            }
            if (catchUp.isReached()) {
                compact();
                catchUp.finish();
                LOG.info("Caught up with the log");
            }
        }
        long lag = 0;
        List<TopicPartition> assigned = new ArrayList<>(consumer.assignment());
        for (TopicPartition partition : assigned) {
            OptionalLong behind = consumer.currentLag(partition);
            lag += behind.orElse(0);
        }
        metrics.lag(lag);
    }

    /**
     * Reading the history leaves garbage in the old generation, spread so thinly that no region of it is worth collecting,
     * yet enough of it for G1 to go on looking: a tenth of a core, for as long as the model lives. Nobody is answered
     * before it is ready, so one full collection keeps nobody waiting.
     */
    private static void compact() {
        System.gc();
    }
}
