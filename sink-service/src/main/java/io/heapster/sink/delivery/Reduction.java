package io.heapster.sink.delivery;

import io.heapster.contract.uri.ComponentUri;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What part of the samples a sink wants and how dense, as the options say that every sink has: {@code include_metrics}
 * (short {@code metrics}), {@code exclude_metrics}, {@code types}, {@code namespaces} and {@code resolution}.
 */
public final class Reduction {
    private static final String RESOLUTION = "resolution";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** What is merged is read again after a restart, so it must be on the topic still. */
    private static final Duration LONGEST = Duration.ofHours(6);

    private static final Set<String> OPTIONS = Set.of(
            Selection.METRICS, Selection.INCLUDE, Selection.EXCLUDE, Selection.TYPES, Selection.NAMESPACES, RESOLUTION);

    private final Selection selection;
    private final Duration resolution;

    private Reduction(Selection selection, Duration resolution) {
        this.selection = selection;
        this.resolution = resolution;
    }

    /** Everything, as it was sampled. */
    public static Reduction none() {
        return of(ComponentUri.parse("any", Map.of()), Set.of());
    }

    /**
     * What a sink's URI says.
     *
     * @param own options of the kind of sink; one of them that is called as one of these keeps its own meaning
     * @throws IllegalArgumentException if a value is wrong, in one line with the cure
     */
    public static Reduction of(ComponentUri uri, Set<String> own) {
        Duration resolution = own.contains(RESOLUTION) ? Duration.ZERO : uri.durationOption(RESOLUTION, Duration.ZERO);
        boolean given = !own.contains(RESOLUTION) && uri.option(RESOLUTION).isPresent();
        if (given && (resolution.compareTo(SHORTEST) < 0 || resolution.compareTo(LONGEST) > 0)) {
            throw uri.wrong(RESOLUTION, uri.option(RESOLUTION).orElse(""), "a duration from 1s to 6h, for instance 5m");
        }
        return new Reduction(Selection.of(uri, own), resolution);
    }

    /** The options every sink has beside its own. */
    public static Set<String> options() {
        return new HashSet<>(OPTIONS);
    }

    Selection selection() {
        return selection;
    }

    /** How far apart points shall be; zero = as they were sampled. */
    Duration resolution() {
        return resolution;
    }
}
