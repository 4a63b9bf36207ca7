package io.heapster.standalone;

import io.heapster.contract.bus.TopicSpec;
import io.heapster.contract.bus.Topics;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.kafka.Settings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The broker of this process. It has to serve before the services read where it is, and to end after the last of them has
 * flushed: so it starts before the container does, and ends as the last observer of the shutdown.
 */
@ApplicationScoped
class Broker {
    private static final int MOST_PARTITIONS = 4;

    /** Kept, since a logger nobody holds may lose its level. */
    private static final List<Logger> CHATTY = List.of(
            Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"), Logger.getLogger("state.change.logger"));

    private static volatile @Nullable EmbeddedKafka running;

    static EmbeddedKafka start(Path directory, Duration retention) {
        // The application's own log levels hold only once it runs, which is after this.
        CHATTY.forEach(logger -> logger.setLevel(Level.WARNING));
        EmbeddedKafka broker = EmbeddedKafka.start(Settings.in(directory.resolve("kafka")));
        running = broker;
        Topics.create(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Topics.ALL.stream().map(topic -> sized(topic, retention)).toList());
        return broker;
    }

    /** One machine has one process of each service, so few partitions do; a dead letter waits as long as ever. */
    private static TopicSpec sized(TopicSpec topic, Duration retention) {
        return topic.equals(Topics.DEAD_LETTERS)
                ? topic
                : topic.withPartitions(Math.min(MOST_PARTITIONS, topic.partitions()))
                        .withRetention(retention);
    }

    void stopLast(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        EmbeddedKafka broker = running;
        if (broker != null) {
            broker.close();
        }
    }
}
