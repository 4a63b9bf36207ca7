package io.heapster.model.export;

import io.heapster.contract.metric.Metric;
import io.heapster.model.json.GoJson;
import java.util.List;

/** What is exported: metrics and labels. */
final class ExportSchema {
    private ExportSchema() {}

    static byte[] document() {
        GoJson json = GoJson.indented().beginObject().key("metrics").beginArray();
        ExportedMetrics.ALL.forEach(metric -> write(metric, json));
        json.endArray();
        write("common_labels", ExportedLabels.COMMON, json);
        write("pod_labels", ExportedLabels.OF_PODS, json);
        return json.endObject().bytes();
    }

    private static void write(Metric metric, GoJson json) {
        json.beginObject().key("name").value(metric.name());
        json.key("description").value(metric.description());
        if (metric.labelled()) {
            List<ExportedLabels.Descriptor> labels =
                    metric.labels().stream().map(ExportedLabels::ofResource).toList();
            write("labels", labels, json);
        }
        json.key("type").value(metric.type().text());
        json.key("value_type").value(metric.valueType().text());
        if (!metric.unit().text().isEmpty()) {
            json.key("units").value(metric.unit().text());
        }
        json.endObject();
    }

    private static void write(String name, List<ExportedLabels.Descriptor> labels, GoJson json) {
        json.key(name).beginArray();
        for (ExportedLabels.Descriptor label : labels) {
            json.beginObject().key("key").value(label.key());
            json.key("description").value(label.description()).endObject();
        }
        json.endArray();
    }
}
