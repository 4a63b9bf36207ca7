package io.heapster.model.resourcemetrics;

import io.heapster.model.json.GoTime;
import io.heapster.model.json.JsonWriter;
import io.heapster.model.resourcemetrics.selector.LabelText;

/** The parts of nodes and pods that are the same in all forms. */
final class ObjectJson {
    private final JsonWriter json;
    private final LabelText labelText;
    private final String creationTime;
    private final LabelText.Reader labels = this::label;
    private boolean labelsBegun;

    /** @param creationTime the time of the request: an object of usage is made to be served */
    ObjectJson(JsonWriter json, LabelText labelText, String creationTime) {
        this.json = json;
        this.labelText = labelText;
        this.creationTime = creationTime;
    }

    JsonWriter json() {
        return json;
    }

    void beginMetadata(ObjectUsage object) {
        json.name("metadata").beginObject().member("name", object.name());
        if (!object.namespace().isEmpty()) {
            json.member("namespace", object.namespace());
        }
        json.member("creationTimestamp", creationTime);
    }

    void metadataWithLabels(ObjectUsage object) {
        beginMetadata(object);
        labelsBegun = false;
        labelText.forEach(object.labels(), labels);
        if (labelsBegun) {
            json.endObject();
        }
        json.endObject();
    }

    private void label(String text, int key, int colon, int end) {
        if (!labelsBegun) {
            json.name("labels").beginObject();
            labelsBegun = true;
        }
        json.name(text, key, colon).value(text, colon + 1, end);
    }

    /** The whole object as {@code metrics.k8s.io} has it, without its braces. */
    void members(ObjectUsage object) {
        metadataWithLabels(object);
        times(object);
        if (object.kind() == Kind.NODES) {
            usage(Quantity.NANOCORES, object.usage().nanocores(), object.usage().bytes());
            return;
        }
        json.name("containers").beginArray();
        for (ContainerUsage container : object.containers()) {
            json.beginObject().member("name", container.name());
            Usage usage = container.usage();
            usage(Quantity.NANOCORES, usage.nanocores(), usage.bytes());
            json.endObject();
        }
        json.endArray();
    }

    void kind(String kind, String apiVersion) {
        json.member("kind", kind).member("apiVersion", apiVersion);
    }

    void times(ObjectUsage object) {
        json.name("timestamp").time(GoTime.toSecond(object.usage().measuredMillis()));
        json.name("window").duration(object.usage().windowMillis());
    }

    /** @param unit that the cores are given in */
    void usage(Quantity unit, long cores, long bytes) {
        json.name("usage").beginObject().name("cpu");
        unit.write(cores, json);
        json.name("memory");
        Quantity.BYTES.write(bytes, json);
        json.endObject();
    }
}
