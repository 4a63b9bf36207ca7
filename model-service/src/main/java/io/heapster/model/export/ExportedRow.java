package io.heapster.model.export;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.sample.Labels;
import io.heapster.model.json.GoJson;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.RowReader;
import io.heapster.model.store.ValueReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The exported values of one entity's newest row. Reusable; for one thread. */
final class ExportedRow implements ValueReader {
    private static final Comparator<Value> ORDER = Comparator.<Value, String>comparing(
                    value -> value.metric().name())
            .thenComparing(value -> value.resource().toString());

    private final RowReader reader = new RowReader();
    private final List<Value> values = new ArrayList<>(32);

    private record Value(Metric metric, Labels resource, long bits) {}

    @Override
    public void value(Metric metric, Labels resource, long bits) {
        if (ExportedMetrics.contains(metric)) {
            values.add(new Value(metric, resource, bits));
        }
    }

    /**
     * Writes the entity if it has a row with exported values.
     *
     * @param fromTick the oldest tick that counts, ms since 1970
     */
    void write(EntityHistory entity, long fromTick, GoJson json) {
        values.clear();
        long tick = reader.readNewest(entity, fromTick, this);
        if (values.isEmpty()) {
            return;
        }
        values.sort(ORDER);
        long start = entity.startMillis() > 0 ? Math.min(entity.startMillis(), tick) : tick;
        json.beginObject().key("metrics").beginObject();
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            if (i == 0 || !value.metric().equals(values.get(i - 1).metric())) {
                json.key(value.metric().name()).beginArray();
            }
            write(value, value.metric().type() == MetricType.CUMULATIVE ? start : tick, tick, json);
            if (i + 1 == values.size()
                    || !value.metric().equals(values.get(i + 1).metric())) {
                json.endArray();
            }
        }
        json.endObject().key("labels");
        write(ExportedLabels.named(entity.type(), entity.labels()), json);
        json.endObject();
    }

    private static void write(Value value, long start, long end, GoJson json) {
        json.beginObject().key("start").time(start).key("end").time(end);
        if (value.resource().size() > 0) {
            json.key("labels").beginObject();
            for (int i = 0; i < value.resource().size(); i++) {
                json.key(value.resource().key(i)).value(value.resource().value(i));
            }
            json.endObject();
        }
        json.key("value").value(value.bits()).endObject();
    }

    private static void write(Labels labels, GoJson json) {
        json.beginObject();
        for (int i = 0; i < labels.size(); i++) {
            if (ExportedLabels.contains(labels.key(i))) {
                json.key(labels.key(i)).value(labels.value(i));
            }
        }
        json.endObject();
    }
}
