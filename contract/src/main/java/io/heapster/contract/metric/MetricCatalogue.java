package io.heapster.contract.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds metrics by number and by name, and the rate that belongs to a counter. Safe for any number of threads. */
public final class MetricCatalogue {
    /** Numbers from here on are given to custom metrics as they appear; they hold inside one process only. */
    public static final int FIRST_CUSTOM_ID = 10_000;

    /** How many different custom metrics one process takes; what a workload can name must not grow without end. */
    public static final int MAX_CUSTOM_METRICS = 4_096;

    private static final List<Metric> DECLARED = Metrics.declared().stream()
            .sorted(Comparator.comparingInt(Metric::id))
            .toList();
    private static final @Nullable Metric[] BY_ID =
            new Metric[DECLARED.get(DECLARED.size() - 1).id() + 1];
    private static final @Nullable Metric[] RATE_BY_ID = new Metric[BY_ID.length];
    private static final Map<String, Metric> BY_NAME;

    private static final @Nullable Metric[] CUSTOM = new Metric[MAX_CUSTOM_METRICS];
    private static final Map<String, Metric> CUSTOM_BY_NAME = new ConcurrentHashMap<>();
    private static volatile int customCount;

    static {
        for (Metric metric : DECLARED) {
            BY_ID[metric.id()] = metric;
            Metric counter = metric.rateOf();
            if (counter != null) {
                RATE_BY_ID[counter.id()] = metric;
            }
        }
        BY_NAME = DECLARED.stream().collect(Collectors.toUnmodifiableMap(Metric::name, metric -> metric));
    }

    private MetricCatalogue() {}

    /** Every declared metric in the order of its number; custom metrics are not among them. */
    public static List<Metric> declared() {
        return DECLARED;
    }

    /** One more than the greatest number of a declared metric: the size of a table indexed by number. */
    public static int idBound() {
        return BY_ID.length;
    }

    /** The metric with this number, or null when neither declared nor defined in this process. */
    public static @Nullable Metric byId(int id) {
        if (id >= 0 && id < BY_ID.length) {
            return BY_ID[id];
        }
        int custom = id - FIRST_CUSTOM_ID;
        return custom >= 0 && custom < customCount ? CUSTOM[custom] : null;
    }

    /**
     * The metric with this number, which the caller knows to exist because it came out of a {@code Samples}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Metric require(int id) {
        Metric metric = byId(id);
        if (metric == null) {
            throw new IllegalArgumentException("no metric has the number " + id);
        }
        return metric;
    }

    /** The metric of this name, declared or custom, or null. */
    public static @Nullable Metric byName(String name) {
        Metric metric = BY_NAME.get(name);
        return metric != null ? metric : CUSTOM_BY_NAME.get(name);
    }

    /** The metric that is the rate of this counter, or null when it has none. */
    public static @Nullable Metric rateOf(int counterId) {
        return counterId >= 0 && counterId < RATE_BY_ID.length ? RATE_BY_ID[counterId] : null;
    }

    /**
     * The custom metric {@code custom/<name>} that a workload defined. The first definition of a name holds as long as
     * the process lives, so that a series never changes its type.
     *
     * @return null when {@link #MAX_CUSTOM_METRICS} are defined already or the name is taken by another type
     */
    public static @Nullable Metric custom(String fullName, MetricType type, ValueType valueType) {
        Metric known = CUSTOM_BY_NAME.get(fullName);
        if (known == null) {
            known = define(fullName, type, valueType);
        }
        return known != null && known.type() == type && known.valueType() == valueType ? known : null;
    }

    /** The custom metrics defined so far in this process. */
    public static List<Metric> customMetrics() {
        return new ArrayList<>(CUSTOM_BY_NAME.values());
    }

    private static synchronized @Nullable Metric define(String name, MetricType type, ValueType valueType) {
        Metric known = CUSTOM_BY_NAME.get(name);
        if (known != null || customCount == MAX_CUSTOM_METRICS) {
            return known;
        }
        Metric metric = new Metric(
                FIRST_CUSTOM_ID + customCount,
                name,
                type,
                valueType,
                Unit.COUNT,
                0,
                Clock.ENTITY,
                List.of(),
                "Defined by the workload",
                null);
        CUSTOM[customCount] = metric;
        customCount++;
        CUSTOM_BY_NAME.put(name, metric);
        return metric;
    }
}
