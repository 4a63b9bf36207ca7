package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import io.heapster.model.resourcemetrics.selector.BadSelectorException;
import io.heapster.model.resourcemetrics.selector.LabelText;
import io.heapster.model.store.ContainerOwner;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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

/** The resource metrics API of Kubernetes, as its aggregation layer asks it of metrics-server. */
@Path("/apis/" + Kind.GROUP_VERSION)
// What is accepted is decided by the API server's rules, not by those of JAX-RS.
@Produces(MediaType.WILDCARD)
@Tag(name = "metrics.k8s.io", description = "What nodes and pods use now, for kubectl top and autoscaling")
public class KubernetesMetricsResource {
    private static final String REST = "{rest:.+}";

    private final ServedCluster cluster;
    private final LabelText labelText;

    KubernetesMetricsResource(
            ServedCluster cluster,
            @ConfigProperty(name = "heapster.model.label-separator", defaultValue = ",") String separator,
            @ConfigProperty(name = "heapster.model.max-label-length", defaultValue = "2048") int maxLabelLength) {
        this.cluster = cluster;
        this.labelText = new LabelText(separator, maxLabelLength);
    }

    @GET
    @Operation(summary = "What there is in this version of the group (APIResourceList)")
    public Response resources(@BeanParam ResourceQuery query) {
        query.requirePlainJson();
        return answer(query.layout(), Discovery::resources);
    }

    @GET
    @Path("nodes")
    @Operation(summary = "Usage of the nodes (NodeMetricsList, or Table)")
    public Response nodes(@BeanParam ResourceQuery query) {
        return list(query, Kind.NODES, (selection, usage, form) -> selection.writeNodes(usage, form));
    }

    @GET
    @Path("nodes/{name}")
    @Operation(summary = "Usage of a node (NodeMetrics, or Table)")
    public Response node(@RestPath String name, @BeanParam ResourceQuery query) {
        ResourceQuery.FormChoice form = query.form();
        CurrentUsage usage = cluster.now();
        ContainerOwner node = usage.node(name);
        if (node == null) {
            throw StatusException.notFound(Kind.NODES, name);
        }
        ObjectUsage object = usage.ofNode(node);
        if (object == null) {
            throw StatusException.noMetrics(Kind.NODES, name);
        }
        return single(query, form, object);
    }

    @GET
    @Path("pods")
    @Operation(summary = "Usage of the pods of all namespaces (PodMetricsList, or Table)")
    public Response pods(@BeanParam ResourceQuery query) {
        return list(
                query,
                Kind.PODS,
                (selection, usage, form) ->
                        selection.writePods(usage, usage.namespaces(), Completeness.OF_REPORTED_CONTAINERS, form));
    }

    @GET
    @Path("namespaces/{namespace}/pods")
    @Operation(summary = "Usage of the pods of a namespace (PodMetricsList, or Table)")
    public Response podsOfNamespace(@RestPath String namespace, @BeanParam ResourceQuery query) {
        return list(
                query,
                Kind.PODS,
                (selection, usage, form) ->
                        selection.writePods(usage, List.of(namespace), Completeness.OF_REPORTED_CONTAINERS, form));
    }

    @GET
    @Path("namespaces/{namespace}/pods/{name}")
    @Operation(summary = "Usage of a pod (PodMetrics, or Table)")
    public Response pod(@RestPath String namespace, @RestPath String name, @BeanParam ResourceQuery query) {
        ResourceQuery.FormChoice form = query.form();
        CurrentUsage usage = cluster.now();
        ContainerOwner pod = usage.pod(namespace, name);
        if (pod == null) {
            throw StatusException.notFound(Kind.PODS, name);
        }
        ObjectUsage object = usage.ofPod(namespace, pod, Completeness.OF_REPORTED_CONTAINERS);
        if (object == null) {
            throw StatusException.noMetrics(Kind.PODS, namespace + "/" + name);
        }
        return single(query, form, object);
    }

    @GET
    @Path(REST)
    @Operation(hidden = true)
    public Response anythingElse(@RestPath String rest) {
        throw StatusException.noSuchResource();
    }

    @POST
    @Path(REST)
    @Operation(hidden = true)
    public Response post(@RestPath String rest) {
        throw StatusException.methodNotAllowed();
    }

    @PUT
    @Path(REST)
    @Operation(hidden = true)
    public Response put(@RestPath String rest) {
        throw StatusException.methodNotAllowed();
    }

    @PATCH
    @Path(REST)
    @Operation(hidden = true)
    public Response patch(@RestPath String rest) {
        throw StatusException.methodNotAllowed();
    }

    @DELETE
    @Path(REST)
    @Operation(hidden = true)
    public Response delete(@RestPath String rest) {
        throw StatusException.methodNotAllowed();
    }

    @ServerExceptionMapper
    Response refused(StatusException refusal) {
        return answer(refusal);
    }

    @ServerExceptionMapper
    Response badSelector(BadSelectorException exception) {
        return answer(StatusException.badRequest(String.valueOf(exception.getMessage())));
    }

    @ServerExceptionMapper
    Response unavailable(UnavailableException exception) {
        Response answer = answer(StatusException.unavailable(String.valueOf(exception.getMessage())));
        answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, UnavailableException.RETRY_AFTER_SECONDS);
        return answer;
    }

    /** Writes the chosen objects of the usage there is. */
    @FunctionalInterface
    private interface Listing {
        void write(Selection selection, CurrentUsage usage, Form form);
    }

    private Response list(ResourceQuery query, Kind kind, Listing listing) {
        ResourceQuery.FormChoice form = query.form();
        Selection selection = new Selection(query.labels(), query.fields(), labelText);
        if (query.asksToWatch()) {
            throw StatusException.watchNotSupported(kind);
        }
        CurrentUsage usage = cluster.now();
        String time = cluster.requestTime();
        return answer(
                query.layout(),
                json -> listing.write(selection, usage, form.of(new ObjectJson(json, labelText, time))));
    }

    private Response single(ResourceQuery query, ResourceQuery.FormChoice form, ObjectUsage object) {
        String time = cluster.requestTime();
        return answer(query.layout(), json -> form.of(new ObjectJson(json, labelText, time))
                .single(object));
    }

    private static Response answer(StatusException refusal) {
        return JsonAnswer.of(refusal.code(), JsonAnswer.JSON, Layout.COMPACT, refusal::write)
                .build();
    }

    private static Response answer(Layout layout, Consumer<JsonWriter> body) {
        return JsonAnswer.of(200, JsonAnswer.JSON, layout, body)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache, private")
                .build();
    }
}
