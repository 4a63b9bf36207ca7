package io.heapster.scraper.derive;

import java.util.Arrays;

/**
 * The counters of one entity or resource as they were last. There are millions of them in a large cluster, so that each
 * takes two words: number of the metric and measuring time in the one, the value in the other.
 */
final class CounterColumns {
    /** Enough for the year 9999; the number of a metric that has a rate takes the rest. */
    private static final int TIME_BITS = 48;

    private static final long TIME = (1L << TIME_BITS) - 1;
    private static final long[] NONE = {};

    /** Two of each counter, and no more: a counter comes once, and stays. */
    private long[] words = NONE;

    /** Position of the metric, or −1. */
    int indexOf(int metricId) {
        for (int i = 0; i < words.length; i += 2) {
            if (words[i] >>> TIME_BITS == metricId) {
                return i;
            }
        }
        return -1;
    }

    long value(int index) {
        return words[index + 1];
    }

    long measuredMillis(int index) {
        return words[index] & TIME;
    }

    void set(int index, long value, long millis) {
        words[index] = (words[index] & ~TIME) | (millis & TIME);
        words[index + 1] = value;
    }

    void add(int metricId, long value, long millis) {
        int index = words.length;
        words = Arrays.copyOf(words, index + 2);
        words[index] = (long) metricId << TIME_BITS;
        set(index, value, millis);
    }

    boolean isEmpty() {
        return words.length == 0;
    }

    void clear() {
        words = NONE;
    }
}
