package io.heapster.scraper;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.heapster.scraper.source.EventSource;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import io.heapster.scraper.source.kubernetes.events.EventWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A replica that follows events in a process of its own, which can be killed as a crash would. */
final class EventFollowerProcess {
    private EventFollowerProcess() {}

    static Process start(String bootstrapServers, String apiServer, int clusters, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EventFollowerProcess.class.getName(),
                        bootstrapServers,
                        apiServer,
                        Integer.toString(clusters))
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
    }

    public static void main(String[] args) throws InterruptedException {
        try (EventPipeline pipeline =
                pipeline(args[0], client(args[1]), Integer.parseInt(args[2]), new SimpleMeterRegistry())) {
            pipeline.start();
            new CountDownLatch(1).await();
        }
    }

    static KubernetesClient client(String apiServer) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(apiServer)
                .withOnlyHttpWatches(true)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** So many clusters called c0, c1, … with the same events. */
    static EventPipeline pipeline(
            String bootstrapServers, KubernetesClient client, int clusters, MeterRegistry registry) {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < clusters; i++) {
            sources.add(new EventsOnly(new EventWatch(client, "c" + i, registry, Clock.systemUTC())));
        }
        return new EventPipeline(sources, Map.of("bootstrap.servers", bootstrapServers), registry, Clock.systemUTC());
    }

    private record EventsOnly(EventWatch watch) implements Source {
        @Override
        public String cluster() {
            return watch.cluster();
        }

        @Override
        public void start() {}

        @Override
        public boolean synced() {
            return true;
        }

        @Override
        public List<? extends Target> targets() {
            return List.of();
        }

        @Override
        public Optional<EventSource> events() {
            return Optional.of(watch);
        }

        @Override
        public void close() {}
    }
}
