package io.heapster.model.api;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Labels;
import io.heapster.model.json.GoJson;
import io.heapster.model.json.GoTime;
import io.heapster.model.statistics.EntityStatistics;
import io.heapster.model.statistics.Figures;
import io.heapster.model.statistics.SeriesStatistics;
import io.heapster.model.store.Points;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of the model API: all indented but the lists of series, which Heapster wrote compact. */
final class ModelJson {
    private ModelJson() {}

    static byte[] names(Collection<String> names) {
        GoJson json = GoJson.indented().beginArray();
        names.forEach(json::value);
        return json.endArray().bytes();
    }

    /** @param points null for a series that does not exist, which looks like an empty one */
    static byte[] series(@Nullable Points points) {
        GoJson json = GoJson.indented();
        series(points, json);
        return json.bytes();
    }

    /** Series in the order they were asked for. */
    static byte[] items(List<@Nullable Points> series) {
        GoJson json = GoJson.compact().beginObject().key("items").beginArray();
        for (Points points : series) {
            series(points, json);
        }
        return json.endArray().endObject().lineBreak().bytes();
    }

    private static void series(@Nullable Points points, GoJson json) {
        json.beginObject().key("metrics").beginArray();
        long latest = Long.MIN_VALUE;
        for (int i = 0; points != null && i < points.size(); i++) {
            // JSON has no word for infinity, nor for what is no number.
            if (Double.isFinite(points.doubleValue(i))) {
                latest = points.tickMillis(i);
                json.beginObject().key("timestamp").time(latest).key("value").value(points.longValue(i));
                if (points.metric().isDouble()) {
                    json.key("floatValue").value(points.doubleValue(i));
                }
                json.endObject();
            }
        }
        json.endArray();
        latestTimestamp(latest, json);
        json.endObject();
    }

    private static void latestTimestamp(long latest, GoJson json) {
        json.key("latestTimestamp");
        if (latest == Long.MIN_VALUE) {
            json.value(GoTime.ZERO);
        } else {
            json.time(latest);
        }
    }

    /**
     * @param startMillis when the entity started, ms since 1970; {@link Long#MAX_VALUE} when that is not known
     * @param window how far back the store reaches
     */
    static byte[] statistics(EntityStatistics statistics, long startMillis, Duration window) {
        long latest = statistics.latestMillis();
        GoJson json = GoJson.indented().beginObject();
        json.key("uptime").value(latest > startMillis ? (latest - startMillis) / 1_000 : 0);
        json.key("window").value(GoTime.format(window));
        latestTimestamp(latest, json);
        json.key("stats").beginObject();
        for (SeriesStatistics series : statistics.series()) {
            json.key(requestOf(series));
            figures(series, json);
            String oldName = OldNames.of(series.metric(), series.resource());
            if (oldName != null) {
                json.key(oldName);
                figures(series, json);
            }
        }
        return json.endObject().endObject().bytes();
    }

    /** What to ask below {@code metrics/} for the series itself. */
    private static String requestOf(SeriesStatistics series) {
        Labels resource = series.resource();
        String name = series.metric().name();
        return resource.size() == 0 ? name : name + "?labels=" + resource;
    }

    private static void figures(SeriesStatistics series, GoJson json) {
        json.beginObject();
        figures("minute", series.minute(), series.metric(), json);
        figures("hour", series.hour(), series.metric(), json);
        figures("day", series.day(), series.metric(), json);
        json.endObject();
    }

    private static void figures(String name, @Nullable Figures figures, Metric metric, GoJson json) {
        if (figures == null) {
            return;
        }
        json.key(name).beginObject();
        json.key("average").value((long) figures.average());
        json.key("percentile").value((long) figures.percentile());
        json.key("max").value((long) figures.max());
        if (metric.isDouble()) {
            json.key("floatAverage").value(rounded(figures.average(), metric.decimals()));
            json.key("floatPercentile").value(figures.percentile());
            json.key("floatMax").value(figures.max());
        }
        json.endObject();
    }

    /** An average has no more places than what it is the average of, as far as a metric says how many it has. */
    private static double rounded(double average, int decimals) {
        double scale = Math.pow(10, decimals);
        return decimals == 0 ? average : Math.rint(average * scale) / scale;
    }
}
