package io.heapster.model.resourcemetrics;

import io.heapster.model.resourcemetrics.json.JsonWriter;
import io.heapster.model.resourcemetrics.json.Layout;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;

/** Answers whose body is written while it is sent. */
final class JsonAnswer {
    static final String JSON = "application/json";

    private JsonAnswer() {}

    /** Writes a body. */
    @FunctionalInterface
    interface Body {
        void write(JsonWriter json) throws IOException;
    }

    /** @param contentType given as it is: clients compare it as a whole */
    static Response.ResponseBuilder of(int code, String contentType, Layout layout, Body body) {
        StreamingOutput output = stream -> {
            JsonWriter json = new JsonWriter(stream, layout);
            body.write(json);
            json.finish();
        };
        return Response.status(code).entity(output).header(HttpHeaders.CONTENT_TYPE, contentType);
    }
}
