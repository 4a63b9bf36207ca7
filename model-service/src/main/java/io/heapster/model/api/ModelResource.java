package io.heapster.model.api;

import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import io.heapster.model.store.Points;
import io.heapster.model.store.SampleStore;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The model API of Heapster 1.x: the last minutes of every metric of every entity. */
@Path("/api/v1/model")
@Produces(MediaType.APPLICATION_JSON)
@WhenCaughtUp
@BareJson
@Tag(name = "model", description = "The last 15 minutes of every metric of every entity")
public class ModelResource {
    private static final String METRICS = "/metrics";

    private final ModelReader reader;

    ModelResource(SampleStore store, @ConfigProperty(name = "heapster.model.cluster") Optional<String> cluster) {
        this.reader = new ModelReader(store, cluster);
    }

    @GET
    @Operation(summary = "What there is below this path")
    public byte[] root() {
        return ModelJson.names(List.of("metrics/", "namespaces/", "nodes/"));
    }

    @GET
    @Path("metrics")
    @Operation(summary = "Names of the cluster's metrics")
    public byte[] clusterMetrics(@BeanParam ModelQuery query) {
        return names(cluster(query));
    }

    @GET
    @Path("metrics/{metric:.+}")
    @Operation(summary = "A metric of the cluster")
    public byte[] clusterSeries(@RestPath String metric, @BeanParam ModelQuery query) {
        return series(cluster(query), metric, query);
    }

    @GET
    @Path("nodes")
    @Operation(summary = "Names of the nodes")
    public byte[] nodes(@BeanParam ModelQuery query) {
        ClusterHistory cluster = cluster(query);
        return names(cluster, cluster == null ? List.of() : cluster.nodes());
    }

    @GET
    @Path("nodes/{node}/metrics")
    @Operation(summary = "Names of a node's metrics; the node by its name or host name")
    public byte[] nodeMetrics(@RestPath String node, @BeanParam ModelQuery query) {
        return names(node(query, node));
    }

    @GET
    @Path("nodes/{node}/metrics/{metric:.+}")
    @Operation(summary = "A metric of a node")
    public byte[] nodeSeries(@RestPath String node, @RestPath String metric, @BeanParam ModelQuery query) {
        return series(node(query, node), metric, query);
    }

    @GET
    @Path("nodes/{node}/freecontainers")
    @Operation(summary = "Names of a node's containers that belong to no pod")
    public byte[] freeContainers(@RestPath String node, @BeanParam ModelQuery query) {
        ContainerOwner owner = node(query, node);
        return names(cluster(query), owner == null ? List.of() : owner.containers());
    }

    @GET
    @Path("nodes/{node}/freecontainers/{containerAndMetrics:.+}")
    @Operation(
            summary =
                    "{container}/metrics for the names of such a container's metrics, {container}/metrics/{metric} for"
                            + " one of them; slashes in the container's name may be written as they are or as %2F")
    public RestResponse<byte[]> freeContainer(
            @RestPath String node, @RestPath String containerAndMetrics, @BeanParam ModelQuery query) {
        ContainerOwner owner = node(query, node);
        String path = withoutTrailingSlash(containerAndMetrics);
        int nameEnd = endOfContainerName(owner, path);
        if (nameEnd < 0) {
            return RestResponse.notFound();
        }
        EntityHistory container = owner == null ? null : owner.container(path.substring(0, nameEnd));
        int metric = nameEnd + METRICS.length() + 1;
        return RestResponse.ok(
                metric > path.length() ? names(container) : series(container, path.substring(metric), query));
    }

    /** A container's name may itself hold {@code /metrics}: the longest name that exists is meant, else the shortest. */
    private static int endOfContainerName(@Nullable ContainerOwner owner, String path) {
        int end = -1;
        for (int at = path.lastIndexOf(METRICS); at > 0; at = path.lastIndexOf(METRICS, at - 1)) {
            int after = at + METRICS.length();
            if (after == path.length() || path.charAt(after) == '/') {
                end = at;
                if (owner != null && owner.container(path.substring(0, at)) != null) {
                    return at;
                }
            }
        }
        return end;
    }

    @GET
    @Path("namespaces")
    @Operation(summary = "Names of the namespaces")
    public byte[] namespaces(@BeanParam ModelQuery query) {
        ClusterHistory cluster = cluster(query);
        return names(cluster, cluster == null ? List.of() : cluster.namespaces());
    }

    @GET
    @Path("namespaces/{namespace}/metrics")
    @Operation(summary = "Names of a namespace's metrics")
    public byte[] namespaceMetrics(@RestPath String namespace, @BeanParam ModelQuery query) {
        return names(namespace(query, namespace));
    }

    @GET
    @Path("namespaces/{namespace}/metrics/{metric:.+}")
    @Operation(summary = "A metric of a namespace: the sum over its pods")
    public byte[] namespaceSeries(@RestPath String namespace, @RestPath String metric, @BeanParam ModelQuery query) {
        return series(namespace(query, namespace), metric, query);
    }

    @GET
    @Path("namespaces/{namespace}/pods")
    @Operation(summary = "Names of a namespace's pods")
    public byte[] pods(@RestPath String namespace, @BeanParam ModelQuery query) {
        NamespaceHistory found = namespace(query, namespace);
        return names(cluster(query), found == null ? List.of() : found.pods());
    }

    @GET
    @Path("namespaces/{namespace}/pods/{pod}/metrics")
    @Operation(summary = "Names of a pod's metrics")
    public byte[] podMetrics(@RestPath String namespace, @RestPath String pod, @BeanParam ModelQuery query) {
        return names(pod(query, namespace, pod));
    }

    @GET
    @Path("namespaces/{namespace}/pods/{pod}/metrics/{metric:.+}")
    @Operation(summary = "A metric of a pod")
    public byte[] podSeries(
            @RestPath String namespace, @RestPath String pod, @RestPath String metric, @BeanParam ModelQuery query) {
        return series(pod(query, namespace, pod), metric, query);
    }

    @GET
    @Path("namespaces/{namespace}/pods/{pod}/containers")
    @Operation(summary = "Names of a pod's containers")
    public byte[] containers(@RestPath String namespace, @RestPath String pod, @BeanParam ModelQuery query) {
        ContainerOwner found = pod(query, namespace, pod);
        return names(cluster(query), found == null ? List.of() : found.containers());
    }

    @GET
    @Path("namespaces/{namespace}/pods/{pod}/containers/{container}/metrics")
    @Operation(summary = "Names of a container's metrics")
    public byte[] containerMetrics(
            @RestPath String namespace, @RestPath String pod, @RestPath String container, @BeanParam ModelQuery query) {
        return names(container(query, namespace, pod, container));
    }

    @GET
    @Path("namespaces/{namespace}/pods/{pod}/containers/{container}/metrics/{metric:.+}")
    @Operation(summary = "A metric of a container")
    public byte[] containerSeries(
            @RestPath String namespace,
            @RestPath String pod,
            @RestPath String container,
            @RestPath String metric,
            @BeanParam ModelQuery query) {
        return series(container(query, namespace, pod, container), metric, query);
    }

    @GET
    @Path("namespaces/{namespace}/pod-list/{pods}/metrics/{metric:.+}")
    @Operation(summary = "One metric of several pods, named with commas between them, in their order")
    public byte[] podListSeries(
            @RestPath String namespace, @RestPath String pods, @RestPath String metric, @BeanParam ModelQuery query) {
        List<@Nullable Points> items = new ArrayList<>();
        for (String pod : pods.split(",", -1)) {
            items.add(reader.points(pod(query, namespace, pod), withoutTrailingSlash(metric), query));
        }
        return ModelJson.items(items);
    }

    @GET
    @Path("debug/allkeys")
    @Operation(summary = "Keys of all entities there are now")
    public byte[] allKeys(@BeanParam ModelQuery query) {
        return ModelJson.names(reader.keys(cluster(query)));
    }

    @ServerExceptionMapper
    RestResponse<String> badQuery(BadQueryException exception) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.BAD_REQUEST, exception.getMessage())
                .type(MediaType.TEXT_PLAIN_TYPE)
                .build();
    }

    private byte[] names(@Nullable EntityHistory entity) {
        return ModelJson.names(reader.metricNames(entity));
    }

    private byte[] names(@Nullable ClusterHistory cluster, Collection<? extends EntityHistory> entities) {
        return ModelJson.names(reader.names(cluster, entities));
    }

    private byte[] series(@Nullable EntityHistory entity, String metric, ModelQuery query) {
        return ModelJson.series(reader.points(entity, withoutTrailingSlash(metric), query));
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private @Nullable ClusterHistory cluster(ModelQuery query) {
        return reader.cluster(query.cluster);
    }

    private @Nullable ContainerOwner node(ModelQuery query, String node) {
        ClusterHistory cluster = cluster(query);
        return cluster == null ? null : cluster.node(node);
    }

    private @Nullable NamespaceHistory namespace(ModelQuery query, String namespace) {
        ClusterHistory cluster = cluster(query);
        return cluster == null ? null : cluster.namespace(namespace);
    }

    private @Nullable ContainerOwner pod(ModelQuery query, String namespace, String pod) {
        ClusterHistory cluster = cluster(query);
        return cluster == null ? null : cluster.pod(namespace, pod);
    }

    private @Nullable EntityHistory container(ModelQuery query, String namespace, String pod, String container) {
        ContainerOwner owner = pod(query, namespace, pod);
        return owner == null ? null : owner.container(container);
    }
}
