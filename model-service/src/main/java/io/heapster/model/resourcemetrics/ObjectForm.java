package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;

/** {@code NodeMetrics}, {@code PodMetrics} and lists of them. */
record ObjectForm(ObjectJson parts) implements Form {
    @Override
    public void beginList(Kind kind) {
        JsonWriter json = parts.json().beginObject();
        parts.kind(kind.kind() + "List", Kind.GROUP_VERSION);
        json.name("metadata").beginObject().endObject().name("items").beginArray();
    }

    @Override
    public void item(ObjectUsage object) {
        parts.json().beginObject();
        parts.members(object);
        parts.json().endObject();
    }

    @Override
    public void endList() {
        parts.json().endArray().endObject();
    }

    @Override
    public void single(ObjectUsage object) {
        parts.json().beginObject();
        parts.kind(object.kind().kind(), Kind.GROUP_VERSION);
        parts.members(object);
        parts.json().endObject();
    }
}
