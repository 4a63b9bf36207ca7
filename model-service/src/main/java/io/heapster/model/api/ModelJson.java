package io.heapster.model.api;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Labels;
import io.heapster.model.json.GoTime;
import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
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
        return JsonWriter.bytes(Layout.HEAPSTER, json -> {
            json.beginArray();
            names.forEach(json::value);
            json.endArray();
        });
    }

    /** @param points null for a series that does not exist, which looks like an empty one */
    static byte[] series(@Nullable Points points) {
        return JsonWriter.bytes(Layout.HEAPSTER, json -> series(points, json));
    }

    /** Series in the order they were asked for. */
    static byte[] items(List<@Nullable Points> series) {
        return JsonWriter.bytes(Layout.COMPACT, json -> {
            json.beginObject().name("items").beginArray();
            for (Points points : series) {
                series(points, json);
            }
            json.endArray().endObject();
        });
    }

    private static void series(@Nullable Points points, JsonWriter json) {
        json.beginObject().name("metrics").beginArray();
        long latest = Long.MIN_VALUE;
        for (int i = 0; points != null && i < points.size(); i++) {
            // JSON has no word for infinity, nor for what is no number.
            if (Double.isFinite(points.doubleValue(i))) {
                latest = points.tickMillis(i);
                json.beginObject().name("timestamp").time(latest).name("value").value(points.longValue(i));
                if (points.metric().isDouble()) {
                    json.name("floatValue").value(points.doubleValue(i));
                }
                json.endObject();
            }
        }
        json.endArray();
        latestTimestamp(latest, json);
        json.endObject();
    }

    private static void latestTimestamp(long latest, JsonWriter json) {
        json.name("latestTimestamp");
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
        return JsonWriter.bytes(Layout.HEAPSTER, json -> statistics(statistics, startMillis, window, json));
    }

    private static void statistics(EntityStatistics statistics, long startMillis, Duration window, JsonWriter json) {
        long latest = statistics.latestMillis();
        json.beginObject();
        json.name("uptime").value(latest > startMillis ? (latest - startMillis) / 1_000 : 0);
        json.name("window").duration(window.toMillis());
        latestTimestamp(latest, json);
        json.name("stats").beginObject();
        for (SeriesStatistics series : statistics.series()) {
            json.name(requestOf(series));
            figures(series, json);
            String oldName = OldNames.of(series.metric(), series.resource());
            if (oldName != null) {
                json.name(oldName);
                figures(series, json);
            }
        }
        json.endObject().endObject();
    }

    /** What to ask below {@code metrics/} for the series itself. */
    private static String requestOf(SeriesStatistics series) {
        Labels resource = series.resource();
        String name = series.metric().name();
        return resource.size() == 0 ? name : name + "?labels=" + resource;
    }

    private static void figures(SeriesStatistics series, JsonWriter json) {
        json.beginObject();
        figures("minute", series.minute(), series.metric(), json);
        figures("hour", series.hour(), series.metric(), json);
        figures("day", series.day(), series.metric(), json);
        json.endObject();
    }

    private static void figures(String name, @Nullable Figures figures, Metric metric, JsonWriter json) {
        if (figures == null) {
            return;
        }
        json.name(name).beginObject();
        json.name("average").value((long) figures.average());
        json.name("percentile").value((long) figures.percentile());
        json.name("max").value((long) figures.max());
        if (metric.isDouble()) {
            json.name("floatAverage").value(rounded(figures.average(), metric.decimals()));
            json.name("floatPercentile").value(figures.percentile());
            json.name("floatMax").value(figures.max());
        }
        json.endObject();
    }

    /** An average has no more places than what it is the average of, as far as a metric says how many it has. */
    private static double rounded(double average, int decimals) {
        double scale = Math.pow(10, decimals);
        return decimals == 0 ? average : Math.rint(average * scale) / scale;
    }
}
