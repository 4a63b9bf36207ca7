package io.heapster.model.resourcemetrics;

import io.heapster.model.resourcemetrics.json.GoTexts;
import io.heapster.model.resourcemetrics.json.JsonWriter;
import io.heapster.model.resourcemetrics.json.Quantity;
import io.heapster.model.resourcemetrics.selector.LabelText;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The parts of nodes and pods that are the same in all forms. */
final class ObjectJson {
    private final JsonWriter json;
    private final LabelText labelText;
    private final String creationTime;
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

    void beginMetadata(ObjectUsage object) throws IOException {
        json.name("metadata").beginObject().member("name", object.name());
        if (!object.namespace().isEmpty()) {
            json.member("namespace", object.namespace());
        }
        json.member("creationTimestamp", creationTime);
    }

    void metadataWithLabels(ObjectUsage object) throws IOException {
        beginMetadata(object);
        labelsBegun = false;
        try {
            labelText.forEach(object.labels(), this::label);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (labelsBegun) {
            json.endObject();
        }
        json.endObject();
    }

    private void label(String key, String value) {
        try {
            if (!labelsBegun) {
                json.name("labels").beginObject();
                labelsBegun = true;
            }
            json.member(key, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole object as {@code metrics.k8s.io} has it, without its braces. */
    void members(ObjectUsage object) throws IOException {
        metadataWithLabels(object);
        times(object);
        if (object.kind() == Kind.NODES) {
            usage(Quantity.ofNanocores(object.usage().nanocores()), object.usage());
            return;
        }
        json.name("containers").beginArray();
        for (ContainerUsage container : object.containers()) {
            json.beginObject().member("name", container.name());
            usage(Quantity.ofNanocores(container.usage().nanocores()), container.usage());
            json.endObject();
        }
        json.endArray();
    }

    void kind(String kind, String apiVersion) throws IOException {
        json.member("kind", kind).member("apiVersion", apiVersion);
    }

    void times(ObjectUsage object) throws IOException {
        json.member("timestamp", GoTexts.time(object.usage().measuredMillis()));
        json.member("window", GoTexts.duration(object.usage().windowMillis()));
    }

    void usage(String cpu, Usage usage) throws IOException {
        json.name("usage").beginObject().member("cpu", cpu);
        json.member("memory", Quantity.ofBytes(usage.bytes())).endObject();
    }
}
