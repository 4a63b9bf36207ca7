package io.heapster.scraper.source.containerinfo;

import static io.heapster.scraper.source.decode.JsonCursor.ABSENT;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.ValueType;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;
import io.heapster.scraper.source.decode.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics that a container defines by itself: its spec declares them, its stats have their values. */
final class CustomMetrics {
    private static final String PREFIX = "custom/";

    private final JsonCursor json;
    private final Warnings warnings;
    private final List<Declared> declared = new ArrayList<>(0);
    private final Map<String, Value> values = new HashMap<>(0);

    private record Declared(String name, String type, String format) {}

    private record Value(long timeMillis, long integer, double number) {}

    CustomMetrics(JsonCursor json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
    }

    void clear() {
        declared.clear();
        values.clear();
    }

    void clearValues() {
        values.clear();
    }

    /** Of the spec: an array of declarations. */
    void readDeclarations() throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            if (json.beginObject()) {
                String name = "";
                String type = "";
                String format = "";
                for (Field field = json.nextField(); field != null; field = json.nextField()) {
                    switch (field) {
                        case NAME -> name = json.readName();
                        case TYPE -> type = json.readName();
                        case FORMAT -> format = json.readName();
                        default -> json.skip();
                    }
                }
                declared.add(new Declared(name, type, format));
            }
        }
    }

    /** Of the stats: by name an array of values with times. */
    void readValues() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        while (json.nextField() != null) {
            String name = json.fieldName();
            if (json.beginArray()) {
                while (json.nextElement()) {
                    if (json.beginObject()) {
                        keepNewest(name, readValue());
                    }
                }
            }
        }
    }

    private Value readValue() throws MalformedJsonException {
        long time = 0;
        long integer = ABSENT;
        double number = Double.NaN;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case TIMESTAMP -> time = json.readTime();
                case INT_VALUE -> integer = json.readLong();
                case FLOAT_VALUE -> number = json.readDouble();
                default -> json.skip();
            }
        }
        return new Value(time, integer, number);
    }

    private void keepNewest(String name, Value value) {
        values.merge(name, value, (old, now) -> now.timeMillis() >= old.timeMillis() ? now : old);
    }

    void addTo(Measurement into) {
        for (Declared one : declared) {
            Value value = values.get(one.name());
            if (value == null) {
                continue;
            }
            boolean isDouble = one.format().equals("float") || one.format().equals("double");
            Metric metric = isDouble || one.format().equals("int") ? metric(one, isDouble) : null;
            if (metric == null) {
                warnings.add(Warnings.CUSTOM_METRIC, one.name());
            } else if (isDouble && !Double.isNaN(value.number())) {
                into.putCustom(metric, value.number());
            } else if (!isDouble && value.integer() != ABSENT) {
                into.putCustom(metric, value.integer());
            }
        }
    }

    private static @Nullable Metric metric(Declared one, boolean isDouble) {
        ValueType values = isDouble ? ValueType.DOUBLE : ValueType.INT64;
        return switch (one.type()) {
            case "gauge" -> MetricCatalogue.custom(PREFIX + one.name(), MetricType.GAUGE, values);
            case "cumulative" -> MetricCatalogue.custom(PREFIX + one.name(), MetricType.CUMULATIVE, values);
            default -> null;
        };
    }
}
