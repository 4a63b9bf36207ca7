package io.heapster.scraper.derive;

import java.util.Arrays;

/** The counters of one entity or resource as they were last: columns of metric number, value and measuring time. */
final class CounterColumns {
    private static final int FIRST_CAPACITY = 8;

    private int size;
    private short[] ids = new short[FIRST_CAPACITY];
    private long[] values = new long[FIRST_CAPACITY];
    private long[] measuredMillis = new long[FIRST_CAPACITY];

    /** Position of the metric, or −1. */
    int indexOf(int metricId) {
        for (int i = 0; i < size; i++) {
            if (ids[i] == metricId) {
                return i;
            }
        }
        return -1;
    }

    long value(int index) {
        return values[index];
    }

    long measuredMillis(int index) {
        return measuredMillis[index];
    }

    void set(int index, long value, long millis) {
        values[index] = value;
        measuredMillis[index] = millis;
    }

    void add(int metricId, long value, long millis) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            measuredMillis = Arrays.copyOf(measuredMillis, 2 * size);
        }
        ids[size] = (short) metricId;
        set(size, value, millis);
        size++;
    }

    void clear() {
        size = 0;
    }
}
