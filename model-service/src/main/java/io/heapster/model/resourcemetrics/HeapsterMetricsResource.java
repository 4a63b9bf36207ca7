package io.heapster.model.resourcemetrics;

import io.heapster.model.json.Layout;
import io.heapster.model.resourcemetrics.selector.BadSelectorException;
import io.heapster.model.resourcemetrics.selector.FieldSelector;
import io.heapster.model.resourcemetrics.selector.LabelSelector;
import io.heapster.model.resourcemetrics.selector.LabelText;
import io.heapster.model.store.ContainerOwner;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Heapster's own resource metrics API, which kubectl asked up to 1.9 and the autoscaler can be made to ask up to 1.20. */
@Path("/apis/metrics/v1alpha1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "metrics/v1alpha1", description = "What nodes and pods use now, for clients of Heapster")
public class HeapsterMetricsResource {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final ServedCluster cluster;
    private final LabelText labelText;

    HeapsterMetricsResource(
            ServedCluster cluster,
            @ConfigProperty(name = "heapster.model.label-separator", defaultValue = ",") String separator,
            @ConfigProperty(name = "heapster.model.max-label-length", defaultValue = "2048") int maxLabelLength) {
        this.cluster = cluster;
        this.labelText = new LabelText(separator, maxLabelLength);
    }

    @GET
    @Path("nodes")
    @Operation(summary = "Usage of the nodes")
    public Response nodes(@QueryParam("labelSelector") @Nullable String labelSelector) {
        Selection selection = selection(labelSelector);
        CurrentUsage usage = cluster.now();
        return answer(form -> selection.writeNodes(usage, form));
    }

    @GET
    @Path("nodes/{node}")
    @Operation(summary = "Usage of a node")
    public Response node(@RestPath String node) {
        CurrentUsage usage = cluster.now();
        ContainerOwner found = usage.node(node);
        ObjectUsage object = found == null ? null : usage.ofNode(found);
        return object == null ? text(NOT_FOUND, "No metrics for node " + node) : answer(form -> form.single(object));
    }

    @GET
    @Path("pods")
    @Operation(summary = "Usage of the pods of all namespaces")
    public Response pods(@QueryParam("labelSelector") @Nullable String labelSelector) {
        Selection selection = selection(labelSelector);
        CurrentUsage usage = cluster.now();
        return pods(selection, usage, usage.namespaces());
    }

    @GET
    @Path("namespaces/{namespace}/pods")
    @Operation(summary = "Usage of the pods of a namespace")
    public Response podsOfNamespace(
            @RestPath String namespace, @QueryParam("labelSelector") @Nullable String labelSelector) {
        Selection selection = selection(labelSelector);
        return pods(selection, cluster.now(), List.of(namespace));
    }

    private Response pods(Selection selection, CurrentUsage usage, List<String> namespaces) {
        return answer(form -> selection.writePods(usage, namespaces, Completeness.OF_ALL_CONTAINERS, form));
    }

    @GET
    @Path("namespaces/{namespace}/pods/{pod}")
    @Operation(summary = "Usage of a pod")
    public Response pod(@RestPath String namespace, @RestPath String pod) {
        CurrentUsage usage = cluster.now();
        ContainerOwner found = usage.pod(namespace, pod);
        if (found == null) {
            return text(SERVER_ERROR, "Error while getting pod " + pod + ": pod \"" + pod + "\" not found");
        }
        ObjectUsage object = usage.ofPod(namespace, found, Completeness.OF_ALL_CONTAINERS);
        return object == null
                // Spelt as its clients know it.
                ? text(NOT_FOUND, "No metrics availalble for pod " + namespace + "/" + pod)
                : answer(form -> form.single(object));
    }

    @ServerExceptionMapper
    Response unavailable(UnavailableException exception) {
        Response answer = text(503, String.valueOf(exception.getMessage()));
        answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, UnavailableException.RETRY_AFTER_SECONDS);
        return answer;
    }

    @ServerExceptionMapper
    Response badSelector(BadQuery exception) {
        return text(BAD_REQUEST, String.valueOf(exception.getMessage()));
    }

    /** A selector that cannot be understood, in Heapster's words. */
    static final class BadQuery extends RuntimeException {
        BadQuery(String message) {
            super(message);
        }
    }

    private Selection selection(@Nullable String labelSelector) {
        try {
            return new Selection(LabelSelector.parse(labelSelector), FieldSelector.EVERYTHING, labelText);
        } catch (BadSelectorException e) {
            throw new BadQuery("Error while parsing selector " + labelSelector + ": " + e.getMessage());
        }
    }

    private Response answer(Consumer<Form> body) {
        String time = cluster.requestTime();
        return JsonAnswer.of(
                        200,
                        JsonAnswer.JSON,
                        Layout.HEAPSTER,
                        json -> body.accept(new HeapsterForm(new ObjectJson(json, labelText, time))))
                .build();
    }

    private static Response text(int code, String text) {
        return Response.status(code)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .entity(text)
                .build();
    }
}
