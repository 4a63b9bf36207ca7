package io.heapster.model.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.bus.BusRecord;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Complaint;
import io.heapster.contract.bus.PartitionOwnership;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.contract.wire.SampleBatchEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes sums while this process owns the partition they lie in. Of all replicas one does; when it goes, the next one
 * learns from the partition which ticks have their sums already.
 */
public final class SumsPublisher implements AutoCloseable {
    /** The group whose members divide the work; here, one of them has it all. */
    public static final String GROUP = "heapster-model";

    private static final Logger LOG = LoggerFactory.getLogger(SumsPublisher.class);
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final Map<String, Object> properties;
    private final Complaint complaint;
    private final Bookkeeping books;
    private final PartitionOwnership ownership;
    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean owner;

    /** Told what was found in the log and what did not get there. */
    public interface Bookkeeping {
        /** These sums are in the log, written by whoever published before. */
        void found(SampleBatch sums);

        /** The sums of this tick did not get into the log. */
        void notPublished(String cluster, long tickMillis);

        /** What the log holds is no longer this process's doing. */
        void released();
    }

    /** @param history how far back the partition is looked at when it is taken over */
    public SumsPublisher(Map<String, Object> kafka, Duration history, Clock clock, Bookkeeping books) {
        this.properties = ClientProperties.producer(kafka);
        this.complaint = new Complaint(LOG, kafka);
        this.books = books;
        this.ownership = new PartitionOwnership(kafka, GROUP, Topics.AGGREGATES.name(), history, clock, new Listener());
    }

    /** Joins the group. */
    public void start() {
        ownership.start();
    }

    /** Whether this process is the one that publishes. */
    public boolean isOwner() {
        return owner;
    }

    /** Sends sums on their way; the bookkeeping is told when they do not get there. */
    public synchronized void publish(SampleBatch sums) {
        String cluster = sums.cluster();
        long tick = sums.tickMillis();
        try {
            var unused = producer()
                    .send(
                            new ProducerRecord<>(
                                    Topics.AGGREGATES.name(), 0, tick, cluster.getBytes(UTF_8), encoder.encode(sums)),
                            (metadata, failure) -> {
                                if (failure != null) {
                                    failed(cluster, tick, failure);
                                }
                            });
        } catch (KafkaException e) {
            failed(cluster, tick, e);
        }
    }

    private void failed(String cluster, long tick, Exception failure) {
        complaint.about("Sums of " + cluster + " did not get into the log, trying again", failure);
        books.notPublished(cluster, tick);
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = new KafkaProducer<>(properties);
            producer = known;
        }
        return known;
    }

    @Override
    public void close() {
        ownership.close();
        closeProducer();
    }

    private synchronized void closeProducer() {
        if (producer != null) {
            producer.close(FLUSH);
            producer = null;
        }
    }

    private final class Listener implements PartitionOwnership.Listener {
        @Override
        public void taken(int partition, List<BusRecord> history) {
            SampleBatchDecoder decoder = new SampleBatchDecoder();
            for (BusRecord record : history) {
                try {
                    books.found(decoder.decode(record.value()));
                } catch (MalformedBatchException e) {
                    // Whoever reads the topic counts it; here it only means a tick without sums.
                    LOG.debug("No sums at offset {}", record.offset(), e);
                }
            }
            owner = true;
            LOG.info("This replica publishes the sums of namespaces and clusters");
        }

        @Override
        public void released(int partition) {
            owner = false;
            // The next owner reads the partition only after this returned.
            closeProducer();
            books.released();
        }
    }
}
