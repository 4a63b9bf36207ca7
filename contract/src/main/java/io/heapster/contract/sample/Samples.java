package io.heapster.contract.sample;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import java.util.Arrays;

/**
 * Columns of (metric, value): what was measured of one entity, at most one value a metric. Grows by appending; values
 * are primitives. Not safe for several threads at once.
 */
public final class Samples {
    private static final int FIRST_CAPACITY = 16;
    private static final int[] NO_IDS = {};
    private static final long[] NO_BITS = {};

    private int size;
    private int[] ids = NO_IDS;
    /** The integer itself, or {@link Double#doubleToRawLongBits} of a double, as the metric's value type says. */
    private long[] bits = NO_BITS;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Number of the metric at this position. */
    public int metricId(int index) {
        return ids[checked(index)];
    }

    public Metric metric(int index) {
        return MetricCatalogue.require(metricId(index));
    }

    /** The value as stored: the integer, or the raw bits of the double. */
    public long bits(int index) {
        return bits[checked(index)];
    }

    /** The value as an integer; a double is cut off towards zero. */
    public long longValue(int index) {
        return metric(index).isDouble() ? (long) Double.longBitsToDouble(bits[index]) : bits[index];
    }

    public double doubleValue(int index) {
        return metric(index).isDouble() ? Double.longBitsToDouble(bits[index]) : bits[index];
    }

    /** Position of a metric, or −1. */
    public int indexOf(Metric metric) {
        int id = metric.id();
        for (int i = 0; i < size; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(Metric metric) {
        return indexOf(metric) >= 0;
    }

    /** The integer value of a metric that is there, or {@code otherwise}. */
    public long longOr(Metric metric, long otherwise) {
        int index = indexOf(metric);
        return index < 0 ? otherwise : longValue(index);
    }

    /** The value of a metric that is there, or {@code otherwise}. */
    public double doubleOr(Metric metric, double otherwise) {
        int index = indexOf(metric);
        return index < 0 ? otherwise : doubleValue(index);
    }

    /**
     * Appends an integer value. The metric must not be there yet; use {@link #set} where it may be.
     *
     * @throws IllegalArgumentException if the metric's values are doubles
     */
    public void add(Metric metric, long value) {
        if (metric.isDouble()) {
            throw new IllegalArgumentException(metric + " has double values");
        }
        append(metric.id(), value);
    }

    /**
     * Appends a double value. The metric must not be there yet.
     *
     * @throws IllegalArgumentException if the metric's values are integers
     */
    public void add(Metric metric, double value) {
        if (!metric.isDouble()) {
            throw new IllegalArgumentException(metric + " has integer values");
        }
        append(metric.id(), Double.doubleToRawLongBits(value));
    }

    /** Makes room for this many more values. */
    public void reserve(int more) {
        if (ids.length - size < more) {
            ids = Arrays.copyOf(ids, size + more);
            bits = Arrays.copyOf(bits, size + more);
        }
    }

    /** Appends a value as {@link #bits} gives it, without any check: for decoders. */
    public void append(int metricId, long valueBits) {
        if (size == ids.length) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * size);
            ids = Arrays.copyOf(ids, capacity);
            bits = Arrays.copyOf(bits, capacity);
        }
        ids[size] = metricId;
        bits[size] = valueBits;
        size++;
    }

    /** Sets an integer value, replacing one that is there. */
    public void set(Metric metric, long value) {
        int index = indexOf(metric);
        if (index < 0) {
            add(metric, value);
        } else {
            bits[index] = value;
        }
    }

    /** Adds to the value at this position: integers as integers, doubles as doubles. */
    public void plus(int index, long valueBits) {
        if (metric(index).isDouble()) {
            double sum = Double.longBitsToDouble(bits[index]) + Double.longBitsToDouble(valueBits);
            bits[index] = Double.doubleToRawLongBits(sum);
        } else {
            bits[index] += valueBits;
        }
    }

    /** Forgets all values and keeps the memory. */
    public void clear() {
        size = 0;
    }

    private int checked(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(metric(i)).append('=');
            if (metric(i).isDouble()) {
                text.append(doubleValue(i));
            } else {
                text.append(longValue(i));
            }
        }
        return text.append('}').toString();
    }
}
