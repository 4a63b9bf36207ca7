package io.heapster.model.access;

import io.vertx.core.json.JsonObject;

/** The answer to a request that is not let through. */
final class Refusal extends RuntimeException {
    static final int BAD_REQUEST = 400;
    static final int UNAUTHENTICATED = 401;
    static final int FORBIDDEN = 403;
    static final int UNAVAILABLE = 503;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    private final int status;
    private final String contentType;

    private Refusal(int status, String contentType, String body) {
        // an answer, not a fault: nobody needs to know where it was made
        super(body, null, false, false);
        this.status = status;
        this.contentType = contentType;
    }

    /** As Heapster words it. */
    static Refusal text(int status, String body) {
        return new Refusal(status, TEXT, body + "\n");
    }

    /** As Kubernetes words it. */
    static Refusal status(int status, String message) {
        JsonObject body = new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", new JsonObject())
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason(status))
                .put("code", status);
        return new Refusal(status, JSON, body.encode());
    }

    private static String reason(int status) {
        return switch (status) {
            case UNAUTHENTICATED -> "Unauthorized";
            case FORBIDDEN -> "Forbidden";
            case UNAVAILABLE -> "ServiceUnavailable";
            default -> "BadRequest";
        };
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return String.valueOf(getMessage());
    }
}
