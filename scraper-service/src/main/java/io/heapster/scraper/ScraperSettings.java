package io.heapster.scraper;

import io.heapster.contract.uri.Durations;
import io.heapster.scraper.derive.JoinedLabels;
import io.heapster.scraper.publish.PublishLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings that were checked.
 *
 * @param resolution length of a tick
 * @param timeout how long a node may take to answer
 * @param maxEntities how many entities a node may tell of at a tick
 * @param events whether the clusters' Kubernetes events are published
 * @param createTopics whether missing topics are created
 */
public record ScraperSettings(
        Duration resolution,
        Duration timeout,
        JoinedLabels labels,
        int maxEntities,
        PublishLimits limits,
        boolean events,
        boolean createTopics) {
    public static final String RESOLUTION_KEY = "heapster.metric-resolution";
    private static final String TIMEOUT_KEY = "heapster.scraper.timeout";

    private static final Duration SHORTEST_RESOLUTION = Duration.ofSeconds(5);
    private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    /** The broker takes this long to miss a member that died, before another takes its partitions over. */
    private static final Duration SESSION = Duration.ofSeconds(60);

    /** @throws IllegalArgumentException with one line: key, value, cure */
    public static ScraperSettings of(ScraperConfig config, String resolutionText, boolean createTopics) {
        Duration resolution = duration(RESOLUTION_KEY, resolutionText);
        if (resolution.compareTo(SHORTEST_RESOLUTION) < 0) {
            throw new IllegalArgumentException(
                    RESOLUTION_KEY + ": '" + resolutionText + "' is too short, give 5s or more");
        }
        return new ScraperSettings(
                resolution,
                timeout(config.timeout(), resolution),
                new JoinedLabels(
                        config.labelSeparator(),
                        config.storeLabels().orElse(List.of()),
                        config.onlyLabels().orElse(List.of()),
                        config.ignoreLabels().orElse(List.of()),
                        atLeastOne("heapster.scraper.max-label-length", config.maxLabelLength())),
                atLeastOne("heapster.scraper.max-entities", config.maxEntities()),
                new PublishLimits(
                        config.publish().queueRecords(),
                        config.publish().queueBytes().asLongValue(),
                        Math.toIntExact(config.publish().maxRecordBytes().asLongValue())),
                config.events(),
                createTopics);
    }

    /**
     * How far back a partition taken over is read, and how long a node is remembered: the last two ticks, and the time
     * in which a dead owner is not yet missed.
     */
    Duration memory() {
        Duration twoTicks = resolution.multipliedBy(5).dividedBy(2);
        Duration missed = resolution.plus(SESSION);
        return twoTicks.compareTo(missed) > 0 ? twoTicks : missed;
    }

    private static Duration timeout(Optional<String> text, Duration resolution) {
        if (text.isEmpty()) {
            Duration third = resolution.dividedBy(3);
            return third.compareTo(LONGEST_DEFAULT_TIMEOUT) < 0 ? third : LONGEST_DEFAULT_TIMEOUT;
        }
        Duration timeout = duration(TIMEOUT_KEY, text.get());
        Duration longest = resolution.minus(Duration.ofSeconds(1));
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(longest) > 0) {
            throw new IllegalArgumentException(TIMEOUT_KEY + ": '" + text.get() + "' is not accepted, give 100ms to "
                    + Durations.print(longest) + " (the resolution less 1s)");
        }
        return timeout;
    }

    private static int atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": '" + value + "' is not accepted, give 1 or more");
        }
        return value;
    }

    private static Duration duration(String key, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    key + ": '" + text + "' is not a duration, give one such as " + Durations.EXAMPLES, e);
        }
    }
}
