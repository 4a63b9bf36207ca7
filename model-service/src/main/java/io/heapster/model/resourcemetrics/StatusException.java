package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** A refusal as the API server words it: a {@code Status} object. */
final class StatusException extends RuntimeException {
    private final int code;
    private final String reason;
    private final @Nullable Details details;

    /** What the refusal is about; empty and 0 are left out. */
    private record Details(String name, String group, String kind, int retryAfterSeconds) {
        static final Details EMPTY = new Details("", "", "", 0);
    }

    private StatusException(int code, String reason, String message, @Nullable Details details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    static StatusException badRequest(String message) {
        return new StatusException(400, "BadRequest", message, null);
    }

    static StatusException notAcceptable() {
        return new StatusException(
                406, "NotAcceptable", "only the following media types are accepted: application/json", null);
    }

    /** There is no such object. */
    static StatusException notFound(Kind kind, String name) {
        return new StatusException(
                404,
                "NotFound",
                kind.unknown() + " \"" + name + "\" not found",
                new Details(name, "", kind.unknown(), 0));
    }

    /** There is such an object, and its usage is not known. */
    static StatusException noMetrics(Kind kind, String name) {
        return new StatusException(
                404,
                "NotFound",
                kind.resource() + "." + Kind.GROUP + " \"" + name + "\" not found",
                new Details(name, Kind.GROUP, kind.resource(), 0));
    }

    static StatusException noSuchResource() {
        return new StatusException(404, "NotFound", "the server could not find the requested resource", Details.EMPTY);
    }

    static StatusException watchNotSupported(Kind kind) {
        return new StatusException(
                405,
                "MethodNotAllowed",
                "watch is not supported on resources of kind \"" + kind.resource() + "." + Kind.GROUP + "\"",
                new Details("", Kind.GROUP, kind.resource(), 0));
    }

    static StatusException methodNotAllowed() {
        return new StatusException(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Details.EMPTY);
    }

    static StatusException unavailable(String message) {
        return new StatusException(
                503, "ServiceUnavailable", message, new Details("", "", "", UnavailableException.RETRY_AFTER_SECONDS));
    }

    int code() {
        return code;
    }

    void write(JsonWriter json) {
        json.beginObject().member("kind", "Status").member("apiVersion", "v1");
        json.name("metadata").beginObject().endObject();
        json.member("status", "Failure").member("message", String.valueOf(getMessage()));
        json.member("reason", reason);
        if (details != null) {
            json.name("details").beginObject();
            member(json, "name", details.name);
            member(json, "group", details.group);
            member(json, "kind", details.kind);
            if (details.retryAfterSeconds > 0) {
                json.name("retryAfterSeconds").value(details.retryAfterSeconds);
            }
            json.endObject();
        }
        json.name("code").value(code).endObject();
    }

    private static void member(JsonWriter json, String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }
}
