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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the samples of an entity into a row: a shape and its places. Of the writer only. */
final class RowAssembler {
    private static final Comparator<Labels> BY_TEXT = Comparator.comparing(Labels::toString);

    private final ShapePool shapes = new ShapePool();
    private long[] row = new long[128];
    /** By column: the {@link #generation} in which it was filled in. */
    private int[] filledIn = new int[128];

    private int generation;

    /** The row last assembled; longer than its shape may be. */
    long[] row() {
        return row;
    }

    /** @param last the shape of the entity's row before, which most often fits again */
    Shape assemble(Entity entity, long tick, @Nullable Shape last) {
        Shape shape = last != null && fits(entity, last) ? last : assembleAnew(entity, last);
        long measured = entity.measuredMillis();
        long network = entity.networkMeasuredMillis();
        row[Layout.TICK] = tick;
        row[Layout.MEASURED_AFTER] = measured == 0 ? 0 : measured - tick;
        row[Layout.NETWORK_AFTER] = network == 0 ? 0 : network - measured;
        return shape;
    }

    private boolean fits(Entity entity, Shape shape) {
        if (entity.sampleCount() != shape.size()) {
            return false;
        }
        reserve(shape.size());
        generation++;
        if (!fill(entity.samples(), 0, shape)) {
            return false;
        }
        for (int i = 0; i < entity.resources().size(); i++) {
            ResourceSamples resource = entity.resources().get(i);
            int owner = shape.ownerOf(resource.labels());
            if (owner < 0 || !fill(resource.samples(), owner, shape)) {
                return false;
            }
        }
        return true;
    }

    private boolean fill(Samples samples, int owner, Shape shape) {
        Layout layout = shape.layout();
        for (int i = 0; i < samples.size(); i++) {
            int column = layout.columnOf(samples.metricId(i), owner);
            if (column < 0 || filledIn[column] == generation) {
                return false;
            }
            long value = samples.bits(i);
            if (!layout.isRaw(column)) {
                Metric metric = layout.metric(column);
                if (metric.isDouble()) {
                    value = Decimals.units(Double.longBitsToDouble(value), metric.decimals());
                    if (value == Decimals.INEXACT) {
                        return false;
                    }
                }
            }
            row[column + Layout.FIRST_COLUMN] = value;
            filledIn[column] = generation;
        }
        return true;
    }

    private Shape assembleAnew(Entity entity, @Nullable Shape last) {
        Map<Labels, Map<Integer, Long>> values = new TreeMap<>(BY_TEXT);
        collect(entity.samples(), Labels.EMPTY, values);
        entity.resources().forEach(resource -> collect(resource.samples(), resource.labels(), values));
        return assemble(values, last);
    }

    private static void collect(Samples samples, Labels resource, Map<Labels, Map<Integer, Long>> values) {
        Map<Integer, Long> own = values.computeIfAbsent(resource, any -> new TreeMap<>());
        for (int i = 0; i < samples.size(); i++) {
            own.put(samples.metricId(i), samples.bits(i));
        }
    }

    /** @param values as samples carry them, by resource and metric number, both ascending */
    private Shape assemble(Map<Labels, Map<Integer, Long>> values, @Nullable Shape last) {
        List<Labels> resources = new ArrayList<>();
        List<Layout.Column> columns = new ArrayList<>();
        values.forEach((resource, own) -> {
            if (resource.size() > 0) {
                resources.add(resource);
            }
            own.forEach((metricId, bits) -> {
                reserve(columns.size() + 1);
                columns.add(place(resource, resources.size(), metricId, bits, columns.size(), last));
            });
        });
        return shapes.shared(columns, resources);
    }

    private Layout.Column place(Labels resource, int owner, int metricId, long bits, int column, @Nullable Shape last) {
        Metric metric = MetricCatalogue.require(metricId);
        boolean raw = false;
        long value = bits;
        if (metric.isDouble()) {
            long units = Decimals.units(Double.longBitsToDouble(bits), metric.decimals());
            // A column once stored as bits stays so, or a value that is exact now and then would change the shape.
            int before = last == null ? -1 : last.columnOf(metricId, resource);
            raw = units == Decimals.INEXACT || (last != null && before >= 0 && last.isRaw(before));
            value = raw ? bits : units;
        }
        row[column + Layout.FIRST_COLUMN] = value;
        return new Layout.Column(owner, metricId, raw);
    }

    private void reserve(int columns) {
        if (row.length < columns + Layout.FIRST_COLUMN) {
            row = Arrays.copyOf(row, 2 * columns + Layout.FIRST_COLUMN);
            filledIn = Arrays.copyOf(filledIn, row.length);
        }
    }
}
