package io.heapster.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.sink.delivery.SinkStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people how each sink fares, and lets those who may replace them. */
@Path("/api/v1/sinks")
@Produces(MediaType.APPLICATION_JSON)
public class SinksResource {
    private static final Logger LOG = LoggerFactory.getLogger(SinksResource.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHAPE = "the body must be a JSON array of sink URIs, for instance"
            + " [\"influxdb:http://host:8086\",\"log\"], or [] for none";

    /** Why a request was refused, and what to do. */
    @RegisterForReflection
    public record Refusal(String error) {}

    private final SinkPipeline pipeline;

    SinksResource(SinkPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** State, delay, last error and points of each sink, in the order they were named. */
    @GET
    public List<SinkStatus> sinks() {
        return pipeline.status();
    }

    /**
     * Replaces the sinks of this process until it ends: 200 without a body when they are replaced; 400 a URI is wrong and
     * nothing was changed; 401 no or another token; 403 there is no token; 503 the token cannot be read, or the service
     * is ending.
     *
     * @param body a JSON array of URIs, whatever type the client says it is
     */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response replace(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @Nullable String body)
            throws InterruptedException {
        Optional<Response> refused = refused(authorization);
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            pipeline.replace(uris(body == null ? "" : body));
            return Response.ok().build();
        } catch (IllegalArgumentException e) {
            return refusal(Response.Status.BAD_REQUEST, e.getMessage() + "; nothing was changed");
        } catch (IllegalStateException e) {
            return refusal(Response.Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Response> refused(@Nullable String authorization) {
        Optional<ReplacementToken> token = pipeline.token();
        if (token.isEmpty()) {
            return Optional.of(refusal(
                    Response.Status.FORBIDDEN,
                    "replacing the sinks is off: set " + ReplacementToken.SETTING
                            + " (--sink_api_token_file) to a file with a token"));
        }
        try {
            if (token.get().isShownBy(authorization)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            LOG.warn("{}: {}", ReplacementToken.SETTING, e.getMessage());
            return Optional.of(refusal(
                    Response.Status.SERVICE_UNAVAILABLE,
                    "the token of " + ReplacementToken.SETTING + " cannot be read, the service's log says why"));
        }
        LOG.warn("a request to replace the sinks came {} token", authorization == null ? "without a" : "with another");
        return Optional.of(Response.fromResponse(refusal(
                        Response.Status.UNAUTHORIZED,
                        "send the header 'Authorization: Bearer TOKEN' with the token in the file that "
                                + ReplacementToken.SETTING + " names"))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build());
    }

    private static List<String> uris(String body) {
        try {
            JsonNode array = JSON.readTree(body);
            if (!array.isArray()) {
                throw new IllegalArgumentException(SHAPE);
            }
            List<String> uris = new ArrayList<>();
            for (JsonNode uri : array) {
                if (!uri.isTextual()) {
                    throw new IllegalArgumentException("sink " + (uris.size() + 1) + " is no text; " + SHAPE);
                }
                uris.add(uri.asText());
            }
            return uris;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(SHAPE, e);
        }
    }

    private static Response refusal(Response.Status status, String error) {
        return Response.status(status).entity(new Refusal(error)).build();
    }
}
