package io.heapster.model.statistics;

import io.heapster.model.store.Points;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What some points come to.
 *
 * @param average their mean
 * @param percentile their 95th percentile: of n points in order the one with index ⌊0.95 n⌋, counted from 0
 * @param max their greatest
 */
public record Figures(double average, double percentile, double max) {
    private static final double SHARE = 0.95;

    /**
     * @param points oldest first; what is no finite number does not count
     * @param from index of the first point that counts
     * @return null when no point counts
     */
    static @Nullable Figures of(Points points, int from) {
        double[] values = new double[points.size() - from];
        int size = 0;
        double sum = 0;
        for (int i = from; i < points.size(); i++) {
            double value = points.doubleValue(i);
            if (Double.isFinite(value)) {
                values[size++] = value;
                sum += value;
            }
        }
        if (size == 0) {
            return null;
        }
        Arrays.sort(values, 0, size);
        return new Figures(sum / size, values[(int) (SHARE * size)], values[size - 1]);
    }
}
