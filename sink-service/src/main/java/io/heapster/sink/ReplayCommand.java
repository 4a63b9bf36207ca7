package io.heapster.sink;

import io.heapster.contract.uri.Durations;
import io.heapster.sink.delivery.DeadLetterReplay;
import io.heapster.sink.delivery.DeadLetterReplay.Count;
import io.heapster.sink.delivery.DeliverySettings;
import io.heapster.sink.ingest.DeadLetterArchive;
import io.heapster.sink.ingest.KeptLetter;
import io.heapster.sink.spi.SinkFactory;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --replay_dead_letters}: writes what a sink's backend refused once more, instead of running the service. Ends
 * with 0 when all is written, 1 when something is not, 2 when a setting is wrong.
 */
@Dependent
@Unremovable
public class ReplayCommand implements QuarkusApplication {
    static final String SINK = "heapster.sink.replay.sink";

    private static final Logger LOG = LoggerFactory.getLogger(ReplayCommand.class);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
    private static final int REASONS_SHOWN = 20;

    private final SinkConfig config;
    private final Instance<SinkFactory> factories;
    private final Map<String, Object> kafka;
    private final Clock clock = Clock.systemUTC();

    ReplayCommand(
            SinkConfig config,
            @Any Instance<SinkFactory> factories,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.factories = factories;
        this.kafka = kafka;
    }

    @Override
    public int run(String... args) throws InterruptedException {
        try {
            return replay(System.out);
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            return 2;
        } catch (IOException e) {
            LOG.error("{}", e.getMessage());
            return 1;
        }
    }

    private int replay(PrintStream out) throws IOException, InterruptedException {
        SinkConfig.Replay wish = config.replay();
        DeadLetterReplay.Choice choice = new DeadLetterReplay.Choice(
                wish.sink().orElseThrow(),
                wish.reason().orElse(""),
                time("--since", wish.since(), 0),
                time("--until", wish.until(), Long.MAX_VALUE));
        List<NamedSink> all = NamedSink.all(config.sinks().orElseGet(List::of), factories, System.getenv(), List.of());
        NamedSink chosen = named(choice.sink(), all);
        try (DeadLetterArchive archive = DeadLetterArchive.open(kafka)) {
            DeadLetterReplay replay = replay(choice, chosen, wish.dryRun());
            long said = System.nanoTime();
            for (List<KeptLetter> letters = archive.next(); !letters.isEmpty(); letters = archive.next()) {
                replay.add(letters);
                if (System.nanoTime() - said > PROGRESS_EVERY.toNanos()) {
                    said = System.nanoTime();
                    out.println(text(replay.count()));
                }
            }
            replay.finish();
            return conclude(out, replay, wish.dryRun());
        } finally {
            all.forEach(sink -> sink.sink().close());
        }
    }

    private DeadLetterReplay replay(DeadLetterReplay.Choice choice, NamedSink sink, boolean dryRun) {
        DeliverySettings settings = new DeliverySettings(
                config.bufferBytes(), config.backoff().first(), config.backoff().longest());
        return new DeadLetterReplay(choice, sink.sink(), sink.reduction(), settings, dryRun, clock);
    }

    private static NamedSink named(String name, List<NamedSink> sinks) {
        return sinks.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--replay_dead_letters: there is no sink '" + name
                        + "', give its URI with --sink as to the service; there are "
                        + sinks.stream().map(NamedSink::name).toList()));
    }

    /** A point in time, or how long ago it was. */
    private long time(String flag, Optional<String> given, long absent) {
        if (given.isEmpty()) {
            return absent;
        }
        try {
            return Instant.parse(given.get()).toEpochMilli();
        } catch (DateTimeParseException e) {
            try {
                return clock.millis() - Durations.parse(given.get()).toMillis();
            } catch (IllegalArgumentException neither) {
                throw new IllegalArgumentException(
                        flag + ": '" + given.get()
                                + "' is not accepted, give a time such as 2026-11-21T10:00:00Z or how long ago, such as 2h",
                        neither);
            }
        }
    }

    private static int conclude(PrintStream out, DeadLetterReplay replay, boolean dryRun) {
        replay.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(REASONS_SHOWN)
                .forEach(reason -> out.println(reason.getValue() + " letters: " + reason.getKey()));
        Count count = replay.count();
        out.println(text(count) + (dryRun ? "; nothing was written, this is a dry run" : "; done"));
        if (count.refused() > 0) {
            out.println("still refused: " + replay.lastError());
        }
        return count.refused() + count.unreadable() > 0 ? 1 : 0;
    }

    private static String text(Count count) {
        return String.format(
                "%d letters read, %d chosen with %d points: %d written, %d still refused, %d filtered; %d unreadable letters",
                count.read(),
                count.chosen(),
                count.points(),
                count.written(),
                count.refused(),
                count.filtered(),
                count.unreadable());
    }
}
