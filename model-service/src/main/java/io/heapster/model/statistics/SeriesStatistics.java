package io.heapster.model.statistics;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Labels;
import io.heapster.model.store.Points;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A series over the last minute, hour and day, each as far as points of it are kept.
 *
 * @param resource labels that tell it from other series of the metric; empty for most
 * @param minute null when it has no point in that minute
 * @param hour null when it has no point in that hour
 */
public record SeriesStatistics(
        Metric metric,
        Labels resource,
        @Nullable Figures minute,
        @Nullable Figures hour,
        Figures day) {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    /**
     * @param end the tick at which minute, hour and day end, itself included, ms since 1970
     * @return null when no point counts
     */
    static @Nullable SeriesStatistics of(Points points, Labels resource, long end) {
        Figures day = Figures.of(points, firstAfter(points, end - DAY));
        if (day == null) {
            return null;
        }
        Figures hour = Figures.of(points, firstAfter(points, end - HOUR));
        Figures minute = Figures.of(points, firstAfter(points, end - MINUTE));
        return new SeriesStatistics(points.metric(), resource, minute, hour, day);
    }

    private static int firstAfter(Points points, long tick) {
        int index = points.size();
        while (index > 0 && points.tickMillis(index - 1) > tick) {
            index--;
        }
        return index;
    }
}
