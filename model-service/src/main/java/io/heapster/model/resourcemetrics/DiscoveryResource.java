package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import io.heapster.model.resourcemetrics.AcceptHeader.Target;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says which API groups are served here; answered whether there are samples or not. */
@Path("/apis")
@Produces(MediaType.WILDCARD)
@Tag(name = "metrics.k8s.io")
public class DiscoveryResource {
    private static final String DISCOVERY_GROUP = "apidiscovery.k8s.io";
    private static final String DISCOVERY_KIND = "APIGroupDiscoveryList";
    private static final String NOT_AGGREGATED = "";
    private static final Map<Target, String> DOCUMENTS = Map.of(
            Target.NONE,
            NOT_AGGREGATED,
            new Target(DISCOVERY_KIND, DISCOVERY_GROUP, "v2"),
            "v2",
            new Target(DISCOVERY_KIND, DISCOVERY_GROUP, "v2beta1"),
            "v2beta1");

    @GET
    @Operation(summary = "The API groups (APIGroupList, or APIGroupDiscoveryList)")
    public Response groups(@BeanParam ResourceQuery query) {
        String version = query.accept().choose(DOCUMENTS).orElseThrow(StatusException::notAcceptable);
        Response answer = version.equals(NOT_AGGREGATED)
                ? answer(JsonAnswer.JSON, query, Discovery::groups)
                : answer(
                        JsonAnswer.JSON + ";g=" + DISCOVERY_GROUP + ";v=" + version + ";as=" + DISCOVERY_KIND,
                        query,
                        json -> Discovery.aggregated(version, json));
        answer.getHeaders().putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        return answer;
    }

    @GET
    @Path(Kind.GROUP)
    @Operation(summary = "The versions of the group (APIGroup)")
    public Response group(@BeanParam ResourceQuery query) {
        query.requirePlainJson();
        return answer(JsonAnswer.JSON, query, Discovery::singleGroup);
    }

    private static Response answer(String contentType, ResourceQuery query, Consumer<JsonWriter> body) {
        return JsonAnswer.of(200, contentType, query.layout(), body).build();
    }

    @ServerExceptionMapper
    Response refused(StatusException refusal) {
        return JsonAnswer.of(refusal.code(), JsonAnswer.JSON, Layout.COMPACT, refusal::write)
                .build();
    }
}
