package io.heapster.benchmark.scale;

import java.util.Arrays;

/** Times from asking to having the whole answer. For one thread. */
final class Latencies {
    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    void addTo(Latencies others) {
        for (int i = 0; i < count; i++) {
            others.add(nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /** @param share from 0 to 1 */
    double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, (long) (share * count))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.1f ms (%d requests)",
                millis(0.5), millis(0.99), millis(0.999), millis(1), count);
    }
}
