package io.heapster.contract.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric: what its values mean.
 *
 * @param id stable number on the wire; never given to another metric
 * @param name Heapster's name, for instance {@code cpu/usage_rate}
 * @param type how values relate to time
 * @param valueType the type of every value
 * @param unit the unit of every value
 * @param decimals decimal places a derived {@link ValueType#DOUBLE} value is rounded to; 0 for integers
 * @param clock which measuring time of the entity a value carries
 * @param labels keys of the labels that tell several values of one entity apart; empty for most metrics
 * @param description one sentence for people
 * @param rateOf the cumulative metric this one is the rate of, if any
 */
public record Metric(
        int id,
        String name,
        MetricType type,
        ValueType valueType,
        Unit unit,
        int decimals,
        Clock clock,
        List<String> labels,
        String description,
        @Nullable Metric rateOf) {

    public Metric {
        labels = List.copyOf(labels);
    }

    /** Whether an entity can carry several values of this metric, told apart by labels such as {@code resource_id}. */
    public boolean labelled() {
        return !labels.isEmpty();
    }

    public boolean isDouble() {
        return valueType == ValueType.DOUBLE;
    }

    /**
     * The series name of the user's storage schema: name, units (left out for a count) and type, joined by underscores,
     * for instance {@code cpu/usage_ns_cumulative}.
     */
    public String seriesName() {
        String units = unit.text().isEmpty() ? "" : "_" + unit.text();
        return name + units + "_" + type.text();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metric metric && metric.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name;
    }
}
