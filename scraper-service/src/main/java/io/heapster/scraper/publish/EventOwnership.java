package io.heapster.scraper.publish;

import io.heapster.contract.bus.BusRecord;
import io.heapster.contract.bus.PartitionOwnership;
import io.heapster.contract.bus.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Which clusters' events are this process's to follow: those whose partition of {@code heapster.events} it owns. */
public final class EventOwnership implements AutoCloseable {
    /** The members of this group share the clusters. */
    public static final String GROUP = "heapster-scraper-events";

    /** Told, by one thread, what changes. */
    public interface Listener {
        /** The partition's clusters are this process's from now on. */
        void taken(int partition);

        /** They are no longer: on return their events are in Kafka, and nothing more is sent. */
        void released(int partition);
    }

    private final PartitionOwnership partitions;
    private boolean started;

    /** @param kafka the user's Kafka client properties */
    public EventOwnership(Map<String, Object> kafka, Clock clock, Listener listener, MeterRegistry meters) {
        // Where to go on is looked for from the partition's end, so that no history has to be read back here.
        this.partitions = new PartitionOwnership(
                kafka, GROUP, Topics.EVENTS.name(), Duration.ZERO, clock, new PartitionOwnership.Listener() {
                    @Override
                    public void taken(int partition, List<BusRecord> history) {
                        listener.taken(partition);
                    }

                    @Override
                    public void released(int partition) {
                        listener.released(partition);
                    }
                });
        Gauge.builder("heapster.events.owned.partitions", partitions, all -> all.owned()
                        .size())
                .description("Partitions whose clusters' events this process follows")
                .register(meters);
    }

    /** Joins the group. */
    public synchronized void start() {
        started = true;
        var unused = partitions.start();
    }

    /** The partition of the cluster's events; meaningful once a partition is owned. */
    public int partitionOf(String cluster) {
        return Topics.partitionOf(cluster, Math.max(1, partitions.partitions()));
    }

    /** Leaves the group; returns when that is done, after some seconds at the latest. */
    @Override
    public synchronized void close() {
        if (started) {
            partitions.close();
        }
    }
}
