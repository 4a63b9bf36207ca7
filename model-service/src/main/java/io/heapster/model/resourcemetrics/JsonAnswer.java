package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.function.Consumer;

/** Answers whose body is written while it is sent. */
final class JsonAnswer {
    static final String JSON = "application/json";

    private JsonAnswer() {}

    /** @param contentType given as it is: clients compare it as a whole */
    static Response.ResponseBuilder of(int code, String contentType, Layout layout, Consumer<JsonWriter> body) {
        StreamingOutput output = stream -> JsonWriter.write(stream, layout, body);
        return Response.status(code).entity(output).header(HttpHeaders.CONTENT_TYPE, contentType);
    }
}
