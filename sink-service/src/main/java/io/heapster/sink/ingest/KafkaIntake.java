package io.heapster.sink.ingest;

import io.heapster.contract.bus.BusUnavailableException;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Complaint;
import io.heapster.contract.bus.TopicSpec;
import io.heapster.contract.bus.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership of one sink's consumer group on the topics of samples and aggregates, and of events where they are
 * wanted. A group without a committed offset
 * begins with the oldest record. An offset is committed only when {@link #accepted} has named it.
 */
public final class KafkaIntake implements Intake {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaIntake.class);
    private static final List<String> SAMPLES = List.of(Topics.SAMPLES.name(), Topics.AGGREGATES.name());
    private static final List<String> SAMPLES_AND_EVENTS =
            List.of(Topics.SAMPLES.name(), Topics.AGGREGATES.name(), Topics.EVENTS.name());
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final Duration COMMIT_ANSWER = Duration.ofSeconds(5);
    private static final Duration REJOIN_AFTER = Duration.ofSeconds(2);
    private static final byte[] NOTHING = {};

    /** One poll must not bring much more than a sink's buffer takes. */
    private static final Map<String, Object> BOUNDS =
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);

    private final Map<String, Object> kafka;
    private final Map<String, Object> properties;
    private final String group;
    private final Collection<TopicSpec> create;
    private final BooleanSupplier mayJoin;
    private final Complaint complaint;
    private final List<String> topics;

    private final Set<TopicPartition> owned = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Long> accepted = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();

    private @Nullable Consumer<byte[], byte[]> consumer;
    private boolean taking;
    private long lastCommitNanos = System.nanoTime();
    private long rejoinNanos = System.nanoTime();

    /**
     * Does not connect before the first poll.
     *
     * @param kafka the user's Kafka client properties
     * @param create the topics to create when they are missing; none to leave that to others
     * @param mayJoin whether Kafka has let this process in
     * @param withEvents whether events are wanted beside samples
     * @throws org.apache.kafka.common.config.ConfigException if a property is wrong
     */
    public KafkaIntake(
            Map<String, Object> kafka,
            String group,
            Collection<TopicSpec> create,
            BooleanSupplier mayJoin,
            boolean withEvents) {
        Map<String, Object> bounded = new HashMap<>(BOUNDS);
        bounded.putAll(kafka);
        this.kafka = kafka;
        this.complaint = new Complaint(LOG, kafka);
        this.mayJoin = mayJoin;
        this.properties = ClientProperties.consumer(bounded);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        // What the oldest records say is exactly what a sink that was never connected lacks.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.group = group;
        this.create = List.copyOf(create);
        this.topics = withEvents ? SAMPLES_AND_EVENTS : SAMPLES;
        var unused = new ConsumerConfig(properties);
    }

    @Override
    public List<Received> poll(Duration atMost, boolean take) {
        taking = take;
        try {
            Consumer<byte[], byte[]> joined = joined();
            if (joined == null) {
                LockSupport.parkNanos(atMost.toNanos());
                return List.of();
            }
            commitNowAndThen(joined);
            return take ? taken(joined, atMost) : waited(joined, atMost);
        } catch (KafkaException | BusUnavailableException e) {
            complaint.about(group + ": joining again", e);
            leave(Duration.ZERO);
            rejoinNanos = System.nanoTime() + REJOIN_AFTER.toNanos();
            return List.of();
        }
    }

    private static List<Received> taken(Consumer<byte[], byte[]> joined, Duration atMost) {
        joined.resume(joined.paused());
        return received(joined.poll(atMost));
    }

    /**
     * Waits by itself: while what was fetched ahead belongs to paused partitions, the consumer does not wait but looks
     * through it again and again until the time is up (KAFKA-21084).
     */
    private static List<Received> waited(Consumer<byte[], byte[]> joined, Duration atMost) {
        joined.pause(joined.assignment());
        List<Received> ofNewPartitions = received(joined.poll(Duration.ZERO));
        if (ofNewPartitions.isEmpty()) {
            LockSupport.parkNanos(atMost.toNanos());
        }
        return ofNewPartitions;
    }

    private @Nullable Consumer<byte[], byte[]> joined() {
        if (consumer == null && mayJoin.getAsBoolean() && System.nanoTime() - rejoinNanos >= 0) {
            if (!create.isEmpty()) {
                List<String> created = Topics.create(kafka, create);
                if (!created.isEmpty()) {
                    LOG.info("created topics {}", created);
                }
            }
            consumer = new KafkaConsumer<>(properties);
            consumer.subscribe(topics, new Rebalance());
        }
        return consumer;
    }

    private static List<Received> received(ConsumerRecords<byte[], byte[]> records) {
        List<Received> received = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Origin origin = new Origin(record.topic(), record.partition(), record.offset(), orNothing(record.key()));
            received.add(new Received(origin, orNothing(record.value()), record.timestamp()));
        }
        return received;
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }

    @Override
    public boolean owns(Origin origin) {
        return owned.contains(partition(origin));
    }

    @Override
    public void accepted(Origin origin) {
        accepted.merge(partition(origin), origin.offset() + 1, Math::max);
    }

    private static TopicPartition partition(Origin origin) {
        return new TopicPartition(origin.topic(), origin.partition());
    }

    private void commitNowAndThen(Consumer<byte[], byte[]> joined) {
        if (System.nanoTime() - lastCommitNanos < COMMIT_EVERY.toNanos()) {
            return;
        }
        lastCommitNanos = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> due = due(owned);
        if (!due.isEmpty()) {
            joined.commitAsync(due, (offsets, failure) -> {
                if (failure == null) {
                    remember(offsets);
                } else {
                    LOG.debug("{}: commit failed, comes again: {}", group, failure.toString());
                }
            });
        }
    }

    private void commitAtOnce(Consumer<byte[], byte[]> joined, Collection<TopicPartition> partitions, Duration atMost) {
        Map<TopicPartition, OffsetAndMetadata> due = due(partitions);
        if (due.isEmpty()) {
            return;
        }
        try {
            joined.commitSync(due, atMost);
            remember(due);
        } catch (KafkaException e) {
            LOG.info("{}: last commit failed, some points will be written twice: {}", group, e.toString());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long next = accepted.get(partition);
            if (next != null && !next.equals(committed.get(partition))) {
                due.put(partition, new OffsetAndMetadata(next));
            }
        }
        return due;
    }

    private void remember(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }

    private void forget(Collection<TopicPartition> partitions) {
        owned.removeAll(partitions);
        accepted.keySet().removeAll(partitions);
        committed.keySet().removeAll(partitions);
    }

    @Override
    public void close(Duration atMost) {
        if (consumer != null) {
            commitAtOnce(consumer, owned, atMost);
        }
        leave(atMost);
    }

    private void leave(Duration atMost) {
        Consumer<byte[], byte[]> leaving = consumer;
        consumer = null;
        if (leaving != null) {
            try {
                leaving.close(CloseOptions.timeout(atMost));
            } catch (KafkaException e) {
                LOG.debug("{}: left without a word: {}", group, e.toString());
            }
        }
        forget(List.copyOf(owned));
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // An acceptance that was under way when the partition was lost says nothing about where to go on.
            accepted.keySet().removeAll(partitions);
            owned.addAll(partitions);
            if (!taking && consumer != null) {
                consumer.pause(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (consumer != null) {
                commitAtOnce(consumer, partitions, COMMIT_ANSWER);
            }
            forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
        }
    }
}
