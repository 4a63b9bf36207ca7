package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.Samples;
import io.heapster.contract.wire.Decimals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the samples of an entity into a row: a shape and its places. Of the writer only. */
final class RowAssembler {
    /** Beyond this many shapes equal ones may exist twice, which costs memory and nothing else. */
    private static final int MOST_SHAPES = 4_096;

    private static final Comparator<Place> ORDER =
            Comparator.comparing((Place place) -> place.resource().toString()).thenComparingInt(Place::metricId);

    private final Map<Shape, Shape> shapes = new HashMap<>();
    private long[] row = new long[128];
    private int[] filledIn = new int[128];
    private int generation;

    private record Place(Labels resource, int metricId) {}

    /** The row last assembled; longer than its shape may be. */
    long[] row() {
        return row;
    }

    /** @param last the shape of the entity's row before, which most often fits again */
    Shape assemble(Entity entity, long tick, @Nullable Shape last) {
        Shape shape = last != null && fits(entity, last) ? last : assembleAnew(entity, last);
        row[Shape.TICK] = tick;
        row[Shape.MEASURED_AFTER] = entity.measuredMillis() == 0 ? 0 : entity.measuredMillis() - tick;
        return shape;
    }

    private boolean fits(Entity entity, Shape shape) {
        if (entity.sampleCount() != shape.size()) {
            return false;
        }
        reserve(shape.size());
        generation++;
        if (!fill(entity.samples(), Labels.EMPTY, shape)) {
            return false;
        }
        for (int i = 0; i < entity.resources().size(); i++) {
            ResourceSamples resource = entity.resources().get(i);
            if (!fill(resource.samples(), resource.labels(), shape)) {
                return false;
            }
        }
        return true;
    }

    private boolean fill(Samples samples, Labels resource, Shape shape) {
        for (int i = 0; i < samples.size(); i++) {
            int column = shape.columnOf(samples.metricId(i), resource);
            if (column < 0 || filledIn[column] == generation) {
                return false;
            }
            long value = samples.bits(i);
            if (!shape.isRaw(column)) {
                Metric metric = shape.metric(column);
                if (metric.isDouble()) {
                    value = Decimals.units(Double.longBitsToDouble(value), metric.decimals());
                    if (value == Decimals.INEXACT) {
                        return false;
                    }
                }
            }
            row[column + Shape.FIRST_COLUMN] = value;
            filledIn[column] = generation;
        }
        return true;
    }

    private Shape assembleAnew(Entity entity, @Nullable Shape last) {
        Map<Place, Long> values = new TreeMap<>(ORDER);
        collect(entity.samples(), Labels.EMPTY, values);
        entity.resources().forEach(resource -> collect(resource.samples(), resource.labels(), values));
        reserve(values.size());
        List<Shape.Column> columns = new ArrayList<>(values.size());
        values.forEach((place, bits) -> {
            Metric metric = MetricCatalogue.require(place.metricId());
            long value = bits;
            boolean raw = false;
            if (metric.isDouble()) {
                long units = Decimals.units(Double.longBitsToDouble(bits), metric.decimals());
                // A column once stored as bits stays so, or a value that is exact now and then would change the shape.
                int before = last == null ? -1 : last.columnOf(place.metricId(), place.resource());
                raw = units == Decimals.INEXACT || (last != null && before >= 0 && last.isRaw(before));
                value = raw ? bits : units;
            }
            row[columns.size() + Shape.FIRST_COLUMN] = value;
            columns.add(new Shape.Column(place.resource(), place.metricId(), raw));
        });
        return shared(new Shape(columns));
    }

    private static void collect(Samples samples, Labels resource, Map<Place, Long> values) {
        for (int i = 0; i < samples.size(); i++) {
            values.put(new Place(resource, samples.metricId(i)), samples.bits(i));
        }
    }

    private Shape shared(Shape shape) {
        if (shapes.size() >= MOST_SHAPES) {
            shapes.clear();
        }
        Shape known = shapes.putIfAbsent(shape, shape);
        return known == null ? shape : known;
    }

    private void reserve(int columns) {
        if (row.length < columns + Shape.FIRST_COLUMN) {
            row = new long[2 * columns + Shape.FIRST_COLUMN];
            filledIn = Arrays.copyOf(filledIn, 2 * columns);
        }
    }
}
