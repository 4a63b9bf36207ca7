package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.wire.Decimals;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a row has, in which order, and how their values are stored: a layout and the resources its columns are
 * of. Resources ascend by their text, so that the order in which a source happens to report makes no difference.
 */
final class Shape {
    private final Layout layout;
    private final Labels[] resources;

    Shape(Layout layout, Labels... resources) {
        this.layout = layout;
        this.resources = resources;
    }

    Layout layout() {
        return layout;
    }

    /** How many values a row has. */
    int size() {
        return layout.size();
    }

    /** How many places a row has. */
    int places() {
        return layout.places();
    }

    int metricId(int column) {
        return layout.metricId(column);
    }

    Metric metric(int column) {
        return layout.metric(column);
    }

    /** {@link Labels#EMPTY} for a metric that the entity has once. */
    Labels resource(int column) {
        int owner = layout.owner(column);
        return owner == 0 ? Labels.EMPTY : resources[owner - 1];
    }

    boolean isRaw(int column) {
        return layout.isRaw(column);
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

    /** Column of a metric that the entity has once, or −1. */
    int columnOf(int metricId) {
        return layout.columnOf(metricId, 0);
    }

    /** Column of a metric of one resource, or −1. */
    int columnOf(int metricId, Labels resource) {
        int owner = ownerOf(resource);
        return owner < 0 ? -1 : layout.columnOf(metricId, owner);
    }

    /** 0 for the entity itself, else 1 + the number of the resource; −1 when it is none of this shape's. */
    int ownerOf(Labels resource) {
        if (resource.size() == 0) {
            return 0;
        }
        for (int i = 0; i < resources.length; i++) {
            if (resources[i].equals(resource)) {
                return i + 1;
            }
        }
        return -1;
    }

    /** A value as samples carry it: the integer, or the bits of the double. */
    long bits(int column, long stored) {
        Metric metric = metric(column);
        return !metric.isDouble() || isRaw(column)
                ? stored
                : Double.doubleToRawLongBits(Decimals.value(stored, metric.decimals()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Shape shape
                        && layout.equals(shape.layout)
                        && Arrays.equals(resources, shape.resources));
    }

    @Override
    public int hashCode() {
        return 31 * layout.hashCode() + Arrays.hashCode(resources);
    }
}
