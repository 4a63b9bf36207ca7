package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.wire.Decimals;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a row has, in which order, and how their values are stored; shared by all entities that report alike.
 * Columns are ordered by (resource, metric number), those without a resource first, so that the order in which a source
 * happens to report makes no difference.
 *
 * <p>A row is an array of places: its tick, how long after its tick it was measured, then its columns.
 */
final class Shape {
    /** Place of the tick, ms since 1970. */
    static final int TICK = 0;
    /** Place of the time between the tick and the measuring, in ms; 0 when the source did not say. */
    static final int MEASURED_AFTER = 1;
    /** Place of the first column. */
    static final int FIRST_COLUMN = 2;

    private static final int NONE = -1;

    private final int[] metricIds;
    /** {@link Labels#EMPTY} for a metric that the entity has once. */
    private final Labels[] resources;
    /** Doubles stored as their bits instead of as units of their last decimal place. */
    private final boolean[] raw;
    /** Columns predicted to go on by their last step, by position in a row: the tick and all counters. */
    private final int[] linear;

    private final boolean[] isLinear;
    private final short[] columnOfDeclared;
    private final int plainColumns;
    private final int hash;

    Shape(List<Column> columns) {
        int size = columns.size();
        metricIds = new int[size];
        resources = new Labels[size];
        raw = new boolean[size];
        isLinear = new boolean[size + FIRST_COLUMN];
        isLinear[TICK] = true;
        int[] linearColumns = new int[size + 1];
        int linearCount = 1;
        int plain = 0;
        columnOfDeclared = new short[MetricCatalogue.idBound()];
        Arrays.fill(columnOfDeclared, (short) NONE);
        for (int i = 0; i < size; i++) {
            Column column = columns.get(i);
            metricIds[i] = column.metricId();
            resources[i] = column.resource();
            raw[i] = column.raw();
            if (MetricCatalogue.require(metricIds[i]).type() == MetricType.CUMULATIVE) {
                isLinear[i + FIRST_COLUMN] = true;
                linearColumns[linearCount++] = i + FIRST_COLUMN;
            }
            if (column.resource().size() == 0) {
                plain++;
                if (metricIds[i] < columnOfDeclared.length) {
                    columnOfDeclared[metricIds[i]] = (short) i;
                }
            }
        }
        plainColumns = plain;
        linear = Arrays.copyOf(linearColumns, linearCount);
        hash = 31 * (31 * Arrays.hashCode(metricIds) + Arrays.hashCode(resources)) + Arrays.hashCode(raw);
    }

    /** One column: a metric, of a resource or ({@link Labels#EMPTY}) of the entity itself. */
    record Column(Labels resource, int metricId, boolean raw) {}

    /** How many values a row has. */
    int size() {
        return metricIds.length;
    }

    /** How many places a row has. */
    int places() {
        return metricIds.length + FIRST_COLUMN;
    }

    int metricId(int column) {
        return metricIds[column];
    }

    Metric metric(int column) {
        return MetricCatalogue.require(metricIds[column]);
    }

    Labels resource(int column) {
        return resources[column];
    }

    boolean isRaw(int column) {
        return raw[column];
    }

    /** Places of a row whose prediction is their last step. */
    int[] linearPlaces() {
        return linear;
    }

    boolean isLinearPlace(int place) {
        return isLinear[place];
    }

    /** Bytes of the bitmap that says which places of a row differ from their prediction. */
    int bitmapBytes() {
        return (places() + 7) >>> 3;
    }

    /** Column of a metric that the entity has once, or −1. */
    int columnOf(int metricId) {
        if (metricId < columnOfDeclared.length) {
            return columnOfDeclared[metricId];
        }
        for (int i = 0; i < plainColumns; i++) {
            if (metricIds[i] == metricId) {
                return i;
            }
        }
        return NONE;
    }

    /** Whether the entity itself, none of its resources, has all these metrics. */
    boolean hasAll(List<Metric> metrics) {
        for (Metric metric : metrics) {
            if (columnOf(metric.id()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Column of a metric of one resource, or −1. */
    int columnOf(int metricId, Labels resource) {
        if (resource.size() == 0) {
            return columnOf(metricId);
        }
        for (int i = plainColumns; i < metricIds.length; i++) {
            if (metricIds[i] == metricId && resources[i].equals(resource)) {
                return i;
            }
        }
        return NONE;
    }

    /** A value as samples carry it: the integer, or the bits of the double. */
    long bits(int column, long stored) {
        Metric metric = metric(column);
        return !metric.isDouble() || raw[column]
                ? stored
                : Double.doubleToRawLongBits(Decimals.value(stored, metric.decimals()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Shape shape
                        && hash == shape.hash
                        && Arrays.equals(metricIds, shape.metricIds)
                        && Arrays.equals(raw, shape.raw)
                        && Arrays.equals(resources, shape.resources));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
