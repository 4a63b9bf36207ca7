package io.heapster.scraper;

import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.SourceFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one pipeline of this process, from the application's start to its end. */
@Singleton
public class ScraperLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ScraperLifecycle.class);

    private final ScraperConfig config;
    private final String resolution;
    private final boolean createTopics;
    private final Map<String, Object> kafka;
    private final List<SourceFactory> factories;
    private final MeterRegistry meters;
    private volatile @Nullable ScraperPipeline pipeline;

    @Inject
    ScraperLifecycle(
            ScraperConfig config,
            @ConfigProperty(name = ScraperSettings.RESOLUTION_KEY, defaultValue = "60s") String resolution,
            @ConfigProperty(name = "heapster.kafka.create-topics", defaultValue = "true") boolean createTopics,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @All List<SourceFactory> factories,
            MeterRegistry meters) {
        this.config = config;
        this.resolution = resolution;
        this.createTopics = createTopics;
        this.kafka = kafka;
        this.factories = factories;
        this.meters = meters;
    }

    /** The pipeline; empty before the start and after the end. */
    public Optional<ScraperPipeline> pipeline() {
        return Optional.ofNullable(pipeline);
    }

    void start(@Observes StartupEvent event) {
        ScraperPipeline started = configured();
        started.start();
        pipeline = started;
        LOG.info(
                "Reading every {} s, answers within {} ms, sources {}",
                started.settings().resolution().toSeconds(),
                started.settings().timeout().toMillis(),
                config.sources().orElse(List.of("(chosen)")));
    }

    private ScraperPipeline configured() {
        try {
            ScraperSettings settings = ScraperSettings.of(config, resolution, createTopics);
            List<Source> sources = new SourceSelection(
                            factories, System.getenv(), Path.of("/"), Path.of(System.getProperty("user.home", "/")))
                    .select(config.sources().orElse(List.of()));
            return new ScraperPipeline(settings, kafka, sources, meters, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            // Without a cause: of what stops the start, Quarkus prints the root, and of this class no more than its
            // line.
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    /** First to stop: the broker of a standalone process and what else it needs must still be there. */
    void stop(@Observes @Priority(100) ShutdownEvent event) {
        ScraperPipeline running = pipeline;
        if (running != null) {
            pipeline = null;
            running.close();
        }
    }

    @Scheduled(every = "60s", delayed = "60s", identity = "scraper-expiry")
    void expire() {
        pipeline().ifPresent(ScraperPipeline::expire);
    }
}
