package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;

/**
 * A {@code Table}, which {@code kubectl get} shows as it is.
 *
 * @param apiVersion {@code meta.k8s.io/v1} or {@code meta.k8s.io/v1beta1}
 */
record TableForm(ObjectJson parts, String apiVersion, IncludeObject include) implements Form {
    @Override
    public void beginList(Kind kind) {
        JsonWriter json = parts.json().beginObject();
        parts.kind("Table", apiVersion);
        json.name("metadata").beginObject().endObject();
        json.name("columnDefinitions").beginArray();
        column("Name", "name", "Name of the resource");
        column("cpu", "quantity", "");
        column("memory", "quantity", "");
        column("Window", "duration", "");
        json.endArray().name("rows").beginArray();
    }

    private void column(String name, String format, String description) {
        JsonWriter json = parts.json().beginObject().member("name", name).member("type", "string");
        json.member("format", format).member("description", description);
        json.name("priority").value(0).endObject();
    }

    @Override
    public void item(ObjectUsage object) {
        Usage usage = object.usage();
        JsonWriter json = parts.json().beginObject();
        json.name("cells").beginArray().value(object.name());
        Quantity.NANOCORES.write(usage.nanocores(), json);
        Quantity.BYTES.write(usage.bytes(), json);
        json.duration(usage.windowMillis()).endArray();
        json.name("object");
        switch (include) {
            case NONE -> json.nullValue();
            case OBJECT -> {
                json.beginObject();
                parts.kind(object.kind().kind(), Kind.GROUP_VERSION);
                parts.members(object);
                json.endObject();
            }
            case METADATA -> {
                json.beginObject();
                parts.kind("PartialObjectMetadata", apiVersion);
                parts.metadataWithLabels(object);
                json.endObject();
            }
        }
        json.endObject();
    }

    @Override
    public void endList() {
        parts.json().endArray().endObject();
    }

    @Override
    public void single(ObjectUsage object) {
        beginList(object.kind());
        item(object);
        endList();
    }
}
