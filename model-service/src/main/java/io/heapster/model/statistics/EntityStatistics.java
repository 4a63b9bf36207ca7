package io.heapster.model.statistics;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.sample.Labels;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.Points;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * All states and rates of an entity over the last minute, hour and day.
 *
 * @param latestMillis the entity's newest tick, at which the three end, ms since 1970; {@link Long#MIN_VALUE} when none
 * @param series by name, then resource; a counter has none, its rate has
 */
public record EntityStatistics(long latestMillis, List<SeriesStatistics> series) {
    private static final Comparator<Labels> BY_TEXT = Comparator.comparing(Labels::toString);

    public static final EntityStatistics NONE = new EntityStatistics(Long.MIN_VALUE, List.of());

    public EntityStatistics {
        series = List.copyOf(series);
    }

    /** @param fromTick the oldest tick that counts, ms since 1970 */
    public static EntityStatistics of(EntityHistory entity, long fromTick) {
        List<Points> points = new ArrayList<>();
        List<Labels> resources = new ArrayList<>();
        long latest = Long.MIN_VALUE;
        for (String name : entity.metricNames(fromTick)) {
            Metric metric = MetricCatalogue.byName(name);
            if (metric == null || metric.type() != MetricType.GAUGE) {
                continue;
            }
            for (Labels resource : resources(entity, metric, fromTick)) {
                Points found = entity.points(metric, resource, fromTick, Long.MAX_VALUE);
                if (found.size() > 0) {
                    points.add(found);
                    resources.add(resource);
                    latest = Math.max(latest, found.tickMillis(found.size() - 1));
                }
            }
        }
        List<SeriesStatistics> series = new ArrayList<>(points.size());
        for (int i = 0; i < points.size(); i++) {
            SeriesStatistics statistics = SeriesStatistics.of(points.get(i), resources.get(i), latest);
            if (statistics != null) {
                series.add(statistics);
            }
        }
        return new EntityStatistics(latest, series);
    }

    private static Iterable<Labels> resources(EntityHistory entity, Metric metric, long fromTick) {
        if (!metric.labelled()) {
            return Set.of(Labels.EMPTY);
        }
        List<Labels> resources = new ArrayList<>(entity.resourcesOf(metric, fromTick));
        resources.sort(BY_TEXT);
        return resources;
    }
}
