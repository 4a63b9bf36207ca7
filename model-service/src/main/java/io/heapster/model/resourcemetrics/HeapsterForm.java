package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;

/** Objects and lists as Heapster wrote them: of no kind, without labels, and an empty list is null. */
final class HeapsterForm implements Form {
    private final ObjectJson parts;
    private final JsonWriter json;
    private boolean empty = true;

    HeapsterForm(ObjectJson parts) {
        this.parts = parts;
        this.json = parts.json();
    }

    @Override
    public void beginList(Kind kind) {
        json.beginObject().name("metadata").beginObject().endObject().name("items");
    }

    @Override
    public void item(ObjectUsage object) {
        if (empty) {
            json.beginArray();
            empty = false;
        }
        single(object);
    }

    @Override
    public void endList() {
        if (empty) {
            json.nullValue();
        } else {
            json.endArray();
        }
        json.endObject();
    }

    @Override
    public void single(ObjectUsage object) {
        json.beginObject();
        parts.beginMetadata(object);
        json.endObject();
        parts.times(object);
        if (object.kind() == Kind.NODES) {
            usage(object.usage());
        } else {
            json.name("containers").beginArray();
            for (ContainerUsage container : object.containers()) {
                json.beginObject().member("name", container.name());
                usage(container.usage());
                json.endObject();
            }
            json.endArray();
        }
        json.endObject();
    }

    private void usage(Usage usage) {
        parts.usage(Quantity.MILLICORES, usage.millicores(), usage.bytes());
    }
}
