package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.ValueType;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;
import io.heapster.scraper.source.decode.Warnings;
import org.jspecify.annotations.Nullable;

/** The block {@code userDefinedMetrics} of a container: always doubles, named {@code custom/<name>}. */
final class CustomMetricBlock {
    private static final String PREFIX = "custom/";

    private final Warnings warnings;

    CustomMetricBlock(Warnings warnings) {
        this.warnings = warnings;
    }

    void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            readOne(json, into);
        }
    }

    private void readOne(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        String name = "";
        String type = "";
        double value = Double.NaN;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case NAME -> name = json.readName();
                case TYPE -> type = json.readName();
                case VALUE -> value = json.readDouble();
                default -> json.skip();
            }
        }
        if (Double.isNaN(value)) {
            return;
        }
        Metric metric = metric(name, type);
        if (metric == null) {
            warnings.add(Warnings.CUSTOM_METRIC, name);
        } else {
            into.putCustom(metric, value);
        }
    }

    private static @Nullable Metric metric(String name, String type) {
        for (MetricType known : MetricType.values()) {
            if (known.text().equals(type) && !name.isEmpty()) {
                return MetricCatalogue.custom(PREFIX + name, known, ValueType.DOUBLE);
            }
        }
        return null;
    }
}
