package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.wire.Decimals;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Makes one value of several, column by column: of a cumulative metric the last, of all others the mean, rounded half up
 * to the metric's decimal places unless one of the values has more of them. Exact, whatever the size of the figures.
 * Reusable; for one thread.
 */
final class RowMerger {
    private int[] counts = new int[64];
    /** Of a cumulative metric the value given first. */
    private long[] lowSums = new long[64];
    /** What is over 64 bits of the sums. */
    private long[] highSums = new long[64];
    /** Sums of doubles. */
    private double[] sums = new double[64];
    /** Doubles of which one has more than the metric's decimal places. */
    private boolean[] inexact = new boolean[64];

    RowMerger begin(int columns) {
        if (counts.length < columns) {
            int capacity = 2 * columns;
            counts = new int[capacity];
            lowSums = new long[capacity];
            highSums = new long[capacity];
            sums = new double[capacity];
            inexact = new boolean[capacity];
        }
        Arrays.fill(counts, 0, columns, 0);
        Arrays.fill(lowSums, 0, columns, 0);
        Arrays.fill(highSums, 0, columns, 0);
        Arrays.fill(sums, 0, columns, 0);
        Arrays.fill(inexact, 0, columns, false);
        return this;
    }

    /** Adds a value, as samples carry it; the newest comes first. */
    void add(int column, Metric metric, long bits) {
        if (metric.type() == MetricType.CUMULATIVE) {
            if (counts[column]++ == 0) {
                lowSums[column] = bits;
            }
            return;
        }
        counts[column]++;
        long whole = bits;
        if (metric.isDouble()) {
            double value = Double.longBitsToDouble(bits);
            // Not 0.0 + value, which would make 0.0 of −0.0.
            sums[column] = counts[column] == 1 ? value : sums[column] + value;
            whole = Decimals.units(value, metric.decimals());
            if (whole == Decimals.INEXACT) {
                inexact[column] = true;
                return;
            }
        }
        long low = lowSums[column] + whole;
        boolean carry = Long.compareUnsigned(low, whole) < 0;
        lowSums[column] = low;
        highSums[column] += (whole >> 63) + (carry ? 1 : 0);
    }

    /** What the values become, as samples carry it. */
    long bits(int column, Metric metric) {
        if (metric.type() == MetricType.CUMULATIVE) {
            return lowSums[column];
        }
        if (inexact[column]) {
            return Double.doubleToRawLongBits(sums[column] / counts[column]);
        }
        long mean = mean(column);
        return metric.isDouble() ? Double.doubleToRawLongBits(Decimals.value(mean, metric.decimals())) : mean;
    }

    private long mean(int column) {
        long sum = lowSums[column];
        int count = counts[column];
        long half = count / 2;
        if (highSums[column] == sum >> 63 && sum <= Long.MAX_VALUE - half) {
            return Math.floorDiv(sum + half, (long) count);
        }
        BigInteger low = new BigInteger(Long.toUnsignedString(sum));
        BigInteger[] parts = BigInteger.valueOf(highSums[column])
                .shiftLeft(64)
                .add(low)
                .add(BigInteger.valueOf(half))
                .divideAndRemainder(BigInteger.valueOf(count));
        return parts[0].longValue() - (parts[1].signum() < 0 ? 1 : 0);
    }
}
