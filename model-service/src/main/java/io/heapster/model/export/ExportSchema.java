package io.heapster.model.export;

import io.heapster.contract.metric.Metric;
import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import java.util.List;

/** What is exported: metrics and labels. */
final class ExportSchema {
    private ExportSchema() {}

    static byte[] document() {
        return JsonWriter.bytes(Layout.HEAPSTER, ExportSchema::write);
    }

    private static void write(JsonWriter json) {
        json.beginObject().name("metrics").beginArray();
        ExportedMetrics.ALL.forEach(metric -> write(metric, json));
        json.endArray();
        write("common_labels", ExportedLabels.COMMON, json);
        write("pod_labels", ExportedLabels.OF_PODS, json);
        json.endObject();
    }

    private static void write(Metric metric, JsonWriter json) {
        json.beginObject().member("name", metric.name());
        json.member("description", metric.description());
        if (metric.labelled()) {
            List<ExportedLabels.Descriptor> labels =
                    metric.labels().stream().map(ExportedLabels::ofResource).toList();
            write("labels", labels, json);
        }
        json.member("type", metric.type().text());
        json.member("value_type", metric.valueType().text());
        if (!metric.unit().text().isEmpty()) {
            json.member("units", metric.unit().text());
        }
        json.endObject();
    }

    private static void write(String name, List<ExportedLabels.Descriptor> labels, JsonWriter json) {
        json.name(name).beginArray();
        for (ExportedLabels.Descriptor label : labels) {
            json.beginObject().member("key", label.key());
            json.member("description", label.description()).endObject();
        }
        json.endArray();
    }
}
