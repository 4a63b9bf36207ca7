package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The points of one series, oldest first, at most one a tick. Immutable once given out. */
public final class Points {
    private final Metric metric;
    private long[] ticks = new long[32];
    private long[] bits = new long[32];
    private int size;

    private Points(Metric metric) {
        this.metric = metric;
    }

    /** No points at all. */
    public static Points none(Metric metric) {
        return new Points(metric);
    }

    /** Reads the rows of a chunk and of all before it. */
    static Points read(@Nullable Chunk newest, Metric metric, Labels resource, long fromTick, long toTick) {
        Points points = new Points(metric);
        RowCursor cursor = new RowCursor();
        for (Chunk chunk = newest; chunk != null; chunk = chunk.older()) {
            int column = chunk.shape().columnOf(metric.id(), resource);
            if (column < 0) {
                continue;
            }
            cursor.over(chunk);
            while (cursor.next() && cursor.tick() >= fromTick) {
                if (cursor.tick() <= toTick) {
                    points.add(cursor.tick(), cursor.bits(column));
                }
            }
        }
        reverse(points.ticks, points.size);
        reverse(points.bits, points.size);
        return points;
    }

    private static void reverse(long[] values, int length) {
        for (int low = 0, high = length - 1; low < high; low++, high--) {
            long value = values[low];
            values[low] = values[high];
            values[high] = value;
        }
    }

    private void add(long tick, long valueBits) {
        if (size == ticks.length) {
            ticks = Arrays.copyOf(ticks, 2 * size);
            bits = Arrays.copyOf(bits, 2 * size);
        }
        ticks[size] = tick;
        bits[size++] = valueBits;
    }

    public Metric metric() {
        return metric;
    }

    public int size() {
        return size;
    }

    /** The tick of a point, ms since 1970. */
    public long tickMillis(int index) {
        return ticks[index];
    }

    /** The value as an integer; a double is cut off towards zero. */
    public long longValue(int index) {
        return metric.isDouble() ? (long) Double.longBitsToDouble(bits[index]) : bits[index];
    }

    public double doubleValue(int index) {
        return metric.isDouble() ? Double.longBitsToDouble(bits[index]) : bits[index];
    }

    /** The value as {@code Samples} stores it. */
    public long bits(int index) {
        return bits[index];
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(metric.name());
        for (int i = 0; i < size; i++) {
            text.append(' ').append(ticks[i]).append('=');
            if (metric.isDouble()) {
                text.append(doubleValue(i));
            } else {
                text.append(bits[i]);
            }
        }
        return text.toString();
    }
}
