package io.heapster.simulator.apiserver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The envelopes of the Kubernetes API around objects: lists, watch events, refusals. */
final class ApiJson {
    private static final JsonFactory JSON = JsonFactory.builder().build().setRootValueSeparator(",");

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private ApiJson() {}

    static byte[] object(ResourceKind kind, ObjectStore.Versioned versioned) {
        return bytes(json -> writeObject(json, kind, versioned.object(), versioned.version()));
    }

    static byte[] watchEvent(String type, ResourceKind kind, ApiObject object, long version) {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeFieldName("object");
            writeObject(json, kind, object, version);
            json.writeEndObject();
        });
    }

    /** {@code initialEventsEnd}: marks the end of what was there when a watch with initial events began. */
    static byte[] bookmark(ResourceKind kind, long version, boolean initialEventsEnd) {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("type", "BOOKMARK");
            json.writeObjectFieldStart("object");
            writeType(json, kind);
            json.writeObjectFieldStart("metadata");
            json.writeStringField("resourceVersion", Long.toString(version));
            if (initialEventsEnd) {
                json.writeObjectFieldStart("annotations");
                json.writeStringField("k8s.io/initial-events-end", "true");
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    static byte[] errorEvent(int code, String reason, String message) {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("type", "ERROR");
            json.writeFieldName("object");
            writeStatus(json, code, reason, message, null);
            json.writeEndObject();
        });
    }

    static byte[] status(int code, String reason, String message, @Nullable String kind) {
        return bytes(json -> writeStatus(json, code, reason, message, kind));
    }

    /** The beginning of a list, up to and including the bracket that opens its items. */
    static byte[] listHead(ResourceKind kind, long version, String continueToken, long remaining) {
        StringBuilder head = new StringBuilder()
                .append("{\"kind\":\"")
                .append(kind.kind())
                .append("List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"")
                .append(version)
                .append('"');
        if (!continueToken.isEmpty()) {
            head.append(",\"continue\":\"")
                    .append(continueToken)
                    .append("\",\"remainingItemCount\":")
                    .append(remaining);
        }
        return head.append("},\"items\":[").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Objects between the brackets of a list, without the comma that divides them from those before. */
    static byte[] items(List<ObjectStore.Versioned> objects) {
        return bytes(json -> {
            for (ObjectStore.Versioned versioned : objects) {
                json.writeStartObject();
                versioned.object().body().writeFields(json, Long.toString(versioned.version()));
                json.writeEndObject();
            }
        });
    }

    private static void writeObject(JsonGenerator json, ResourceKind kind, ApiObject object, long version)
            throws IOException {
        json.writeStartObject();
        writeType(json, kind);
        object.body().writeFields(json, Long.toString(version));
        json.writeEndObject();
    }

    private static void writeType(JsonGenerator json, ResourceKind kind) throws IOException {
        json.writeStringField("kind", kind.kind());
        json.writeStringField("apiVersion", "v1");
    }

    private static void writeStatus(JsonGenerator json, int code, String reason, String message, @Nullable String kind)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "Status");
        json.writeStringField("apiVersion", "v1");
        json.writeObjectFieldStart("metadata");
        json.writeEndObject();
        json.writeStringField("status", "Failure");
        json.writeStringField("message", message);
        json.writeStringField("reason", reason);
        if (kind != null) {
            json.writeObjectFieldStart("details");
            json.writeStringField("kind", kind);
            json.writeEndObject();
        }
        json.writeNumberField("code", code);
        json.writeEndObject();
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
