package io.heapster.model;

import io.heapster.contract.bus.BusAccess;
import io.heapster.contract.bus.BusConnection;
import io.heapster.contract.bus.BusSettings;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.Durations;
import io.heapster.model.aggregate.TickLedger;
import io.heapster.model.aggregate.TickSums;
import io.heapster.model.ingest.IngestMetrics;
import io.heapster.model.ingest.LogReader;
import io.heapster.model.publish.SumsPublisher;
import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The log → ingest → store → API; store → sums of each closed tick → the log, if this replica is the one that publishes.
 * Sums come into the store the way all samples do, by being read from the log, so that all replicas answer alike.
 */
@Singleton
public final class ModelPipeline {
    private final Clock clock = Clock.systemUTC();
    private final Duration resolution;
    private final ModelMetrics metrics;
    private final SampleStore store;
    private final ClusterChoice clusters;
    private final TickLedger ledger;
    private final LogReader reader;
    private final SumsPublisher publisher;
    private final BusConnection connection;

    ModelPipeline(
            ModelConfig config,
            @ConfigProperty(name = "heapster.metric-resolution", defaultValue = "60s") String resolutionText,
            @ConfigProperty(name = "heapster.kafka.create-topics", defaultValue = "true") boolean createTopics,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry registry) {
        resolution = duration("heapster.metric-resolution", resolutionText);
        positive("heapster.metric-resolution", resolution);
        positive("heapster.model.window", config.window());
        positive("heapster.model.resolution", config.resolution());
        check(kafka);
        Duration history = config.window().plus(resolution);
        metrics = new ModelMetrics(registry);
        StoreLimits limits = new StoreLimits(
                config.window(),
                config.resolution(),
                config.clockTolerance(),
                config.maxEntities(),
                config.maxPoints(),
                config.maxLabels(),
                config.maxLabelLength());
        store = new SampleStore(limits, clock, metrics);
        clusters = new ClusterChoice(store, config.cluster());
        metrics.observe(store);
        ledger = new TickLedger(config.sumsGrace());
        reader = new LogReader(kafka, createTopics, history, clock, this::receive, new IngestMetrics(registry));
        publisher = new SumsPublisher(kafka, history, clock, new LedgerBooks(ledger));
        connection = connection(kafka, createTopics);
    }

    private BusConnection connection(Map<String, Object> kafka, boolean createTopics) {
        BusAccess access = new BusAccess()
                .reading(Topics.SAMPLES, Topics.AGGREGATES)
                .writing(Topics.AGGREGATES)
                .inGroup(SumsPublisher.GROUP);
        return new BusConnection(kafka, access, createTopics ? Topics.ALL : List.of(), this::join);
    }

    private static void check(Map<String, Object> kafka) {
        try {
            BusSettings.check(kafka);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    private static Duration duration(String key, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    key + ": '" + text + "' is not a duration, give one such as " + Durations.EXAMPLES);
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new ConfigurationException(
                    key + ": '" + Durations.print(value) + "' is not accepted, give a duration such as 60s");
        }
    }

    void start(@Observes StartupEvent event) {
        connection.start();
    }

    private void join() {
        reader.start();
        publisher.start();
    }

    void stop(@Observes ShutdownEvent event) {
        connection.close();
        publisher.close();
        reader.close();
    }

    private void receive(SampleBatch batch) {
        store.put(batch);
        if (!batch.node().isEmpty() && batch.tickMillis() >= store.oldestTick() - resolution.toMillis()) {
            ledger.reported(batch, clock.millis());
        }
    }

    /** Delayed, as all here is: a start that fails would be ending when the first turn came. */
    @Scheduled(
            every = "1s",
            delayed = "2s",
            identity = "model-sums",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sumClosedTicks() {
        if (!publisher.isOwner() || !reader.isCaughtUp()) {
            return;
        }
        for (TickLedger.Due due : ledger.due(clock.millis(), store.oldestTick())) {
            ClusterHistory cluster = store.cluster(due.cluster());
            if (cluster == null) {
                continue;
            }
            if (store.isMerged(cluster, due.tickMillis(), due.resolutionMillis())) {
                // What is merged by now is no longer what the nodes reported at that tick.
                metrics.sumsTooLate();
            } else {
                SampleBatch sums = TickSums.of(cluster, due);
                if (!TickSums.areKnown(sums, cluster)) {
                    publisher.publish(sums);
                }
            }
        }
    }

    @Scheduled(
            every = "30s",
            delayed = "30s",
            identity = "model-expiry",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        store.expire();
        ledger.expire(store.oldestTick() - resolution.toMillis());
    }

    @Produces
    @Singleton
    BusConnection connection() {
        return connection;
    }

    @Produces
    @Singleton
    SampleStore store() {
        return store;
    }

    @Produces
    @Singleton
    ClusterChoice clusters() {
        return clusters;
    }

    @Produces
    @Singleton
    LogReader reader() {
        return reader;
    }
}
