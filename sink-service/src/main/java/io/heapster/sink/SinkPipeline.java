package io.heapster.sink;

import io.heapster.contract.bus.BusAccess;
import io.heapster.contract.bus.BusConnection;
import io.heapster.contract.bus.BusSettings;
import io.heapster.contract.bus.BusTrouble;
import io.heapster.contract.bus.TopicSpec;
import io.heapster.contract.bus.Topics;
import io.heapster.sink.delivery.DeliverySettings;
import io.heapster.sink.delivery.SinkDelivery;
import io.heapster.sink.delivery.SinkStatus;
import io.heapster.sink.ingest.KafkaDeadLetters;
import io.heapster.sink.ingest.KafkaIntake;
import io.heapster.sink.spi.SinkFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka → intake → delivery → sink, once for each sink the user asked for and each apart from the others. */
@ApplicationScoped
public class SinkPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(SinkPipeline.class);
    private static final List<TopicSpec> TOPICS =
            List.of(Topics.SAMPLES, Topics.AGGREGATES, Topics.EVENTS, Topics.DEAD_LETTERS);

    private final SinkConfig config;
    private final boolean createTopics;
    private final Instance<SinkFactory> factories;
    private final Map<String, Object> kafka;
    private final MeterRegistry registry;
    private final Clock clock = Clock.systemUTC();
    private final BusConnection connection;
    private final KafkaDeadLetters deadLetters;
    private final RunningSinks sinks;
    private volatile Optional<ReplacementToken> token = Optional.empty();
    private volatile boolean running;

    SinkPipeline(
            SinkConfig config,
            @ConfigProperty(name = "heapster.kafka.create-topics", defaultValue = "true") boolean createTopics,
            @Any Instance<SinkFactory> factories,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry registry) {
        this.config = config;
        this.createTopics = createTopics;
        this.factories = factories;
        this.kafka = kafka;
        this.registry = registry;
        check(kafka);
        this.connection = new BusConnection(
                kafka,
                new BusAccess()
                        .reading(Topics.SAMPLES, Topics.AGGREGATES, Topics.EVENTS)
                        .writing(Topics.DEAD_LETTERS),
                createTopics ? TOPICS : List.of(),
                () -> {});
        this.deadLetters = new KafkaDeadLetters(kafka);
        this.sinks = new RunningSinks(this::delivery, config.shutdownDeadline());
    }

    void start(@Observes StartupEvent event) throws InterruptedException {
        if (config.replay().sink().isPresent()) {
            return;
        }
        token = checked(ReplacementToken.SETTING, () -> config.api().tokenFile().map(ReplacementToken::in));
        List<String> uris = config.sinks().orElseGet(List::of);
        connection.start();
        List<NamedSink> first = checked("heapster.sink.sinks", () -> named(uris, List.of()));
        sinks.replace(none -> first);
        running = true;
        LOG.info("sinks: {}", first.isEmpty() ? "none, nothing will be written" : names());
    }

    private List<NamedSink> named(List<String> uris, List<NamedSink> present) {
        return NamedSink.all(uris, factories, System.getenv(), present);
    }

    private static void check(Map<String, Object> kafka) {
        try {
            BusSettings.check(kafka);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T checked(String key, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(key + ": " + e.getMessage());
        }
    }

    /** What whoever wants to {@link #replace} must show; absent = nobody may. */
    Optional<ReplacementToken> token() {
        return token;
    }

    /**
     * Makes these the sinks, until the process ends. Returns when those that go are closed and the new ones run.
     *
     * @throws IllegalArgumentException if a URI is wrong, in one line with the cure; then nothing has changed
     */
    void replace(List<String> uris) throws InterruptedException {
        sinks.replace(present -> named(uris, present));
        LOG.info("sinks replaced, now: {}", names());
    }

    private SinkDelivery delivery(NamedSink sink) {
        String group = "heapster-sink-" + sink.name();
        return new SinkDelivery(
                sink.name(),
                sink.kind(),
                sink.sink(),
                new KafkaIntake(
                        kafka,
                        group,
                        createTopics ? TOPICS : List.of(),
                        connection::isReached,
                        sink.sink().takesEvents()),
                deadLetters,
                new DeliverySettings(
                        config.bufferBytes(),
                        config.backoff().first(),
                        config.backoff().longest(),
                        config.maxOpenValues()),
                sink.reduction(),
                registry,
                clock);
    }

    /** What keeps this process from Kafka, before it was let in for the first time. */
    Optional<BusTrouble> kafkaTrouble() {
        return connection.trouble();
    }

    private List<String> names() {
        return status().stream().map(SinkStatus::name).toList();
    }

    /** How each sink fares, in the order they were named. */
    List<SinkStatus> status() {
        return sinks.deliveries().stream().map(SinkDelivery::status).toList();
    }

    boolean isRunning() {
        return running;
    }

    /** The names of sinks one of whose threads has died or stands still. */
    List<String> stuck() {
        return sinks.deliveries().stream()
                .filter(delivery -> delivery.sinceMoved().compareTo(config.livenessLimit()) > 0)
                .map(delivery -> delivery.status().name())
                .toList();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        connection.close();
        sinks.close();
        deadLetters.close();
    }
}
