package io.heapster.scraper;

import io.heapster.scraper.publish.EventLog;
import io.heapster.scraper.publish.EventOwnership;
import io.heapster.scraper.source.EventSource;
import io.heapster.scraper.source.Source;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of the clusters whose partition this process owns: looks up where the owner before stopped, then
 *
 * <pre>
 *   source ──► publish ──► heapster.events
 * </pre>
 */
final class EventPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventPipeline.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration HAND_OVER = Duration.ofSeconds(5);

    private final List<EventSource> sources = new ArrayList<>();
    private final Map<String, Object> kafka;
    private final MeterRegistry registry;
    private final Clock clock;
    private final EventOwnership ownership;

    /** Of the ownership's thread only. */
    private final Map<Integer, List<Thread>> following = new HashMap<>();

    EventPipeline(List<Source> sources, Map<String, Object> kafka, MeterRegistry registry, Clock clock) {
        sources.stream().map(Source::events).flatMap(Optional::stream).forEach(this::add);
        this.kafka = kafka;
        this.registry = registry;
        this.clock = clock;
        this.ownership = new EventOwnership(kafka, clock, new Clusters(), registry);
    }

    /** Versions have an order within one cluster only, and a cluster is known by its name. */
    private void add(EventSource source) {
        if (sources.stream().anyMatch(other -> other.cluster().equals(source.cluster()))) {
            LOG.warn(
                    "Two sources have the cluster name {}: events of the first only are followed, give the other its own"
                            + " cluster_name",
                    source.cluster());
        } else {
            sources.add(source);
        }
    }

    /** Joins the group, if there is a source with events at all. */
    void start() {
        if (!sources.isEmpty()) {
            ownership.start();
        }
    }

    /** Stops following, and gives the clusters to others. */
    @Override
    public void close() {
        ownership.close();
    }

    private void follow(EventSource source, int partition) {
        try {
            while (true) {
                try (EventLog log = new EventLog(kafka, source.cluster(), partition, clock, registry)) {
                    long last = log.lastVersion();
                    LOG.info("Following the events of cluster {} from version {}", source.cluster(), last);
                    source.follow(last, log::append);
                } catch (IOException e) {
                    LOG.warn("{}; trying again in {} s", e.getMessage(), AGAIN.toSeconds());
                } catch (RuntimeException e) {
                    // Whatever a client library meets, the following has to go on.
                    LOG.error("Events of cluster {}: trying again in {} s", source.cluster(), AGAIN.toSeconds(), e);
                }
                TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.info("No longer following the events of cluster {}", source.cluster());
        }
    }

    private final class Clusters implements EventOwnership.Listener {
        @Override
        public void taken(int partition) {
            List<Thread> threads = new ArrayList<>();
            for (EventSource source : sources) {
                if (ownership.partitionOf(source.cluster()) == partition) {
                    Thread thread = new Thread(() -> follow(source, partition), "events-" + source.cluster());
                    thread.setDaemon(true);
                    thread.start();
                    threads.add(thread);
                }
            }
            following.put(partition, threads);
        }

        @Override
        public void released(int partition) {
            List<Thread> threads = following.getOrDefault(partition, List.of());
            following.remove(partition);
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                try {
                    thread.join(HAND_OVER.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (thread.isAlive()) {
                    LOG.warn("{} did not end in time, some events may come twice", thread.getName());
                }
            }
        }
    }
}
