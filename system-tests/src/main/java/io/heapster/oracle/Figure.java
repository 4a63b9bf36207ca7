package io.heapster.oracle;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a value is the value of.
 *
 * @param entity Heapster's key: {@code namespace:shop/pod:caller}
 * @param metric Heapster's name: {@code cpu/usage_rate}
 * @param labels labels that tell several values of the metric apart, such as {@code resource_id}; empty for most
 */
public record Figure(String entity, String metric, Map<String, String> labels) implements Comparable<Figure> {
    private static final Comparator<Figure> ORDER = Comparator.comparing(Figure::entity)
            .thenComparing(Figure::metric)
            .thenComparing(figure -> figure.labels().toString());

    public Figure {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** A figure without labels. */
    public static Figure of(String entity, String metric) {
        return new Figure(entity, metric, Map.of());
    }

    /** A figure of a file system or disk. */
    public static Figure of(String entity, String metric, String resourceId) {
        return new Figure(entity, metric, Map.of("resource_id", resourceId));
    }

    @Override
    public int compareTo(Figure other) {
        return ORDER.compare(this, other);
    }
}
