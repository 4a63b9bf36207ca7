package io.heapster.scraper.derive;

import java.util.Arrays;

/**
 * The counters of one entity or resource as they were last. There are millions of them in a large cluster, so that each
 * takes two words: number of the metric and measuring time in the one, the value in the other. Extended, not held, as an
 * object more for each would take as much as a counter does.
 */
class CounterColumns {
    /** Enough for the year 9999; the number of a metric that has a rate takes the rest. */
    private static final int TIME_BITS = 48;

    private static final long TIME = (1L << TIME_BITS) - 1;
    private static final long[] NONE = {};

    /** Two of each counter, and no more: a counter comes once, and stays. */
    private long[] words = NONE;

    /** Position of the metric, or −1. */
    final int indexOf(int metricId) {
        for (int i = 0; i < words.length; i += 2) {
            if (words[i] >>> TIME_BITS == metricId) {
                return i;
            }
        }
        return -1;
    }

    final long value(int index) {
        return words[index + 1];
    }

    final long measuredMillis(int index) {
        return words[index] & TIME;
    }

    final void set(int index, long value, long millis) {
        words[index] = (words[index] & ~TIME) | (millis & TIME);
        words[index + 1] = value;
    }

    final void add(int metricId, long value, long millis) {
        int index = words.length;
        words = Arrays.copyOf(words, index + 2);
        words[index] = (long) metricId << TIME_BITS;
        set(index, value, millis);
    }

    final void clear() {
        words = NONE;
    }
}
