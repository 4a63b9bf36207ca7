package io.heapster.contract.bus;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership in a consumer group whose members own partitions in order to do work for them, not to consume them.
 *
 * <p>A partition that is taken over is first read back, from a given age up to the end it had at the take-over, so that
 * the new owner can go on where the last one stopped; then its consumption is paused. Nothing is ever committed. One
 * thread does it all and never ends before {@link #close()}: while Kafka is away it keeps what it owns and tries again.
 */
public final class PartitionOwnership implements AutoCloseable {

    /** Told of every change, always by the same thread, never at the same time. What it throws is logged. */
    public interface Listener {

        /**
         * The partition is this process's from now on.
         *
         * @param history the partition's records not older than the age asked for, in the partition's order
         */
        void taken(int partition, List<BusRecord> history);

        /**
         * The partition is no longer this process's. On an orderly hand-over the next owner takes it only after this
         * method has returned, so what must be in the partition by then has to be flushed here.
         */
        void released(int partition);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PartitionOwnership.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration RECOUNT = Duration.ofMinutes(1);
    private static final Duration LEAVE = Duration.ofSeconds(3);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Map<String, Object> properties;
    private final String topic;
    private final Duration history;
    private final Clock clock;
    private final Listener listener;
    private final Complaint complaint;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile Set<Integer> owned = Set.of();
    private volatile int partitions;
    private volatile long lastPollNanos = System.nanoTime();

    /** Assigned, but not yet read back; of the loop's thread only. */
    private final Map<TopicPartition, ReadBack> taking = new HashMap<>();

    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /**
     * Does not join yet: see {@link #start()}.
     *
     * @param kafka the user's Kafka client properties, at least {@code bootstrap.servers}
     * @param history how old a record may be, by its own timestamp, to be handed over with its partition
     * @throws org.apache.kafka.common.config.ConfigException if a property is wrong
     */
    public PartitionOwnership(
            Map<String, Object> kafka, String groupId, String topic, Duration history, Clock clock, Listener listener) {
        this.properties = ClientProperties.consumer(kafka);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        // Every position is sought; a partition must not be read from its beginning before that.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.topic = topic;
        this.history = history;
        this.clock = clock;
        this.listener = listener;
        this.complaint = new Complaint(LOG, kafka);
        this.thread = new Thread(this::run, "partition-ownership-" + topic);
        var unused = new ConsumerConfig(properties);
    }

    /** Joins the group; partitions come to the listener as the group gives them. */
    public PartitionOwnership start() {
        thread.start();
        return this;
    }

    /** The partitions this process owns now; a snapshot. */
    public Set<Integer> owned() {
        return owned;
    }

    /** How many partitions the topic has, recounted every minute; 0 until the first one was assigned. */
    public int partitions() {
        return partitions;
    }

    /** {@link System#nanoTime()} of the loop's last turn. */
    public long lastPollNanos() {
        return lastPollNanos;
    }

    /**
     * Whether the loop has turned within the given time: what a liveness check asks. It turns every 200 ms, while Kafka is
     * away at least every 30 s, and not while the listener works.
     */
    public boolean moved(Duration within) {
        return System.nanoTime() - lastPollNanos <= within.toNanos();
    }

    /** Releases all partitions and leaves the group at once; returns when that is done, after 10 s at the latest. */
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
            try (Membership membership = new Membership()) {
                membership.loop();
            } catch (KafkaException e) {
                complaint.about("The group of topic " + topic + " is lost, joining again", e);
                pause();
            } catch (RuntimeException e) {
                // Whatever a client throws, here or from a misbehaving broker, the loop must go on.
                LOG.warn("Lost the group of topic {}; joining again in {} ms", topic, pauseMillis, e);
                pause();
            }
        }
    }

    private void pause() {
        lastPollNanos = System.nanoTime();
        try {
            var unused = closing.await(pauseMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody but close() ends this thread, and close() does not interrupt.
            LOG.debug("Interrupted while waiting", e);
        }
        pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
    }

    private void take(int partition, List<BusRecord> records) {
        Set<Integer> more = new HashSet<>(owned);
        more.add(partition);
        owned = Set.copyOf(more);
        try {
            listener.taken(partition, records);
        } catch (RuntimeException e) {
            LOG.error("Taking partition {} of {} failed", partition, topic, e);
        }
    }

    private void release(int partition) {
        Set<Integer> fewer = new HashSet<>(owned);
        if (!fewer.remove(partition)) {
            return;
        }
        owned = Set.copyOf(fewer);
        try {
            listener.released(partition);
        } catch (RuntimeException e) {
            LOG.error("Releasing partition {} of {} failed", partition, topic, e);
        }
    }

    /** What of a partition is still to be read before it is taken. */
    private static final class ReadBack {

        final long cutMillis;
        final long endOffset;
        final List<BusRecord> records = new ArrayList<>();

        ReadBack(long cutMillis, long endOffset) {
            this.cutMillis = cutMillis;
            this.endOffset = endOffset;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            if (record.offset() < endOffset && record.timestamp() >= cutMillis) {
                records.add(BusRecord.of(record));
            }
        }
    }

    /** One stay in the group, from joining to leaving. */
    private final class Membership implements ConsumerRebalanceListener, AutoCloseable {

        private final Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties);
        private final Set<TopicPartition> assigned = new HashSet<>();
        private long countedNanos = System.nanoTime();

        void loop() {
            current = consumer;
            consumer.subscribe(List.of(topic), this);
            while (!isClosing()) {
                try {
                    turn();
                } catch (WakeupException e) {
                    LOG.debug("Woken to leave the group of {}", topic);
                } catch (RetriableException e) {
                    complaint.about("Kafka does not answer for topic " + topic + ", trying again", e);
                    pause();
                }
            }
        }

        private void turn() {
            lastPollNanos = System.nanoTime();
            boolean reading = !taking.isEmpty();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(reading ? POLL : Duration.ZERO)) {
                ReadBack readBack = taking.get(new TopicPartition(record.topic(), record.partition()));
                if (readBack != null) {
                    readBack.add(record);
                }
            }
            if (!assigned.isEmpty()) {
                countPartitions();
                beginReadBack();
            } else if (!owned.isEmpty() && System.nanoTime() - countedNanos > RECOUNT.toNanos()) {
                countPartitions();
            }
            finishReadBack();
            if (!owned.isEmpty()) {
                // A turn by itself proves nothing: the consumer connects beside it.
                pauseMillis = FIRST_PAUSE_MILLIS;
            }
            if (!reading && taking.isEmpty()) {
                rest();
            }
        }

        /**
         * Waits itself, for a consumer does not: while records of paused partitions lie fetched, as they do after every
         * read-back, it looks through them until the time is up (KAFKA-21084), which takes a third of a core.
         */
        private void rest() {
            try {
                var unused = closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // Nobody but close() ends this thread, and close() does not interrupt.
                LOG.debug("Interrupted while waiting", e);
            }
        }

        /** Asks Kafka each time: when a topic grows, keys move, though this member's partitions may stay the same. */
        private void countPartitions() {
            countedNanos = System.nanoTime();
            partitions = consumer.partitionsFor(topic, ANSWER).size();
        }

        private void beginReadBack() {
            // Stays in the set until Kafka has answered, so that an outage here only delays the take-over.
            List<TopicPartition> asked = List.copyOf(assigned);
            long cut = clock.instant().minus(history).toEpochMilli();
            Map<TopicPartition, Long> cuts = new HashMap<>();
            asked.forEach(partition -> cuts.put(partition, cut));
            Map<TopicPartition, Long> ends = consumer.endOffsets(asked, ANSWER);
            Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(cuts, ANSWER);
            for (TopicPartition partition : asked) {
                assigned.remove(partition);
                long end = ends.getOrDefault(partition, 0L);
                OffsetAndTimestamp start = starts.get(partition);
                if (start == null || start.offset() >= end) {
                    take(partition.partition(), List.of());
                } else {
                    taking.put(partition, new ReadBack(cut, end));
                    consumer.seek(partition, start.offset());
                    consumer.resume(List.of(partition));
                }
            }
        }

        private void finishReadBack() {
            Iterator<Map.Entry<TopicPartition, ReadBack>> each =
                    taking.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<TopicPartition, ReadBack> entry = each.next();
                TopicPartition partition = entry.getKey();
                if (consumer.position(partition, ANSWER) >= entry.getValue().endOffset) {
                    consumer.pause(List.of(partition));
                    each.remove();
                    take(partition.partition(), entry.getValue().records);
                }
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            consumer.pause(added);
            assigned.addAll(added);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> removed) {
            for (TopicPartition partition : removed) {
                assigned.remove(partition);
                taking.remove(partition);
                release(partition.partition());
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            LOG.warn("Lost {} partitions of {} to the rest of the group", lost.size(), topic);
            onPartitionsRevoked(lost);
        }

        @Override
        public void close() {
            taking.clear();
            for (int partition : owned) {
                release(partition);
            }
            try {
                consumer.close(CloseOptions.timeout(LEAVE));
            } catch (KafkaException e) {
                LOG.warn("Left the group of {} without saying so: {}", topic, e.toString());
            }
            current = null;
        }
    }
}
