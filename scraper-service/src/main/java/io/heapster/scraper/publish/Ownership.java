package io.heapster.scraper.publish;

import io.heapster.contract.bus.BusRecord;
import io.heapster.contract.bus.PartitionOwnership;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which nodes are this process's to read: those whose records go to a partition it owns. What the owner before it wrote
 * is handed on before the first of a partition's nodes is read.
 */
public final class Ownership implements AutoCloseable {
    /** The members of this group share the nodes. */
    public static final String GROUP = "heapster-scraper";

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final Duration HAND_OVER = Duration.ofSeconds(2);

    /** Told, by one thread, what the nodes of partitions taken over did before. */
    public interface Listener {
        /** A batch of a node that is now this process's; a node's batches come in order. */
        void learn(SampleBatch batch);

        /** All batches of a partition were learned and its nodes are owned. */
        void taken();

        /** A partition's nodes are not owned any more; its records on the way are to be in Kafka on return. */
        void released(int partition, Duration patience);
    }

    private final PartitionOwnership partitions;
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();
    private final Listener listener;
    private final Counter malformed;
    private boolean started;

    /**
     * @param kafka the user's Kafka client properties
     * @param history how far back records are read at a take-over
     */
    public Ownership(
            Map<String, Object> kafka, Duration history, Clock clock, Listener listener, MeterRegistry meters) {
        this.listener = listener;
        this.partitions = new PartitionOwnership(kafka, GROUP, Topics.SAMPLES.name(), history, clock, new Partitions());
        this.malformed = Counter.builder("heapster.history.records.skipped")
                .description("Records of partitions taken over that could not be read")
                .tag("reason", "malformed")
                .register(meters);
        Gauge.builder("heapster.owned.partitions", owned, Set::size)
                .description("Partitions whose nodes this process reads")
                .register(meters);
    }

    /** Joins the group. */
    public synchronized void start() {
        started = true;
        var unused = partitions.start();
    }

    /** The partition of the node's records; meaningful once a partition is owned. */
    public int partitionOf(NodeKey node) {
        return Topics.partitionOf(node.recordKey(), Math.max(1, partitions.partitions()));
    }

    public boolean owns(NodeKey node) {
        return !owned.isEmpty() && owned.contains(partitionOf(node));
    }

    /** A snapshot. */
    public Set<Integer> owned() {
        return Collections.unmodifiableSet(Set.copyOf(owned));
    }

    /** Leaves the group; returns when that is done, after some seconds at the latest. */
    @Override
    public synchronized void close() {
        if (started) {
            partitions.close();
        }
    }

    private final class Partitions implements PartitionOwnership.Listener {
        @Override
        public void taken(int partition, List<BusRecord> history) {
            for (BusRecord record : history) {
                try {
                    listener.learn(decoder.decode(record.value()));
                } catch (MalformedBatchException e) {
                    malformed.increment();
                    LOG.debug("Record {} of partition {} left out: {}", record.offset(), partition, e.getMessage());
                }
            }
            owned.add(partition);
            listener.taken();
        }

        @Override
        public void released(int partition) {
            if (owned.remove(partition)) {
                listener.released(partition, HAND_OVER);
            }
        }
    }
}
