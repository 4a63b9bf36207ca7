package io.heapster.model.api;

import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The part of the model API about nodes, each by its name or host name, and their containers that belong to no pod. */
@Path("/api/v1/model/nodes")
@Produces(MediaType.APPLICATION_JSON)
@WhenCaughtUp
@BareJson
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "503", ref = "NotCaughtUp")
@Tag(name = "model")
public class NodeResource {
    private final ClusterChoice clusters;
    private final ModelAnswers answers;

    NodeResource(ClusterChoice clusters, ModelAnswers answers) {
        this.clusters = clusters;
        this.answers = answers;
    }

    @GET
    @Operation(summary = "Names of the nodes")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] nodes(@BeanParam ClusterQuery query) {
        ClusterHistory cluster = clusters.of(query.name());
        return answers.names(cluster, cluster == null ? List.of() : cluster.nodes());
    }

    @GET
    @Path("{node}")
    @NonBlocking
    @Operation(summary = "What there is below a node")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] node(@RestPath String node, @BeanParam ClusterQuery cluster) {
        return answers.children(find(cluster, node), "freecontainers/", "pods/", "metrics/", "stats/");
    }

    @GET
    @Path("{node}/metrics")
    @NonBlocking
    @Operation(summary = "Names of a node's metrics")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] metrics(@RestPath String node, @BeanParam ClusterQuery cluster) {
        return answers.metricNames(find(cluster, node));
    }

    @GET
    @Path("{node}/metrics/{metric:.+}")
    @NonBlocking
    @Operation(summary = "A metric of a node")
    @APIResponse(responseCode = "200", ref = "Series")
    @APIResponse(responseCode = "400", ref = "BadQuery")
    public byte[] series(
            @RestPath String node,
            @RestPath String metric,
            @BeanParam ClusterQuery cluster,
            @BeanParam SeriesQuery query) {
        return answers.series(find(cluster, node), metric, query);
    }

    @GET
    @Path("{node}/stats")
    @Operation(summary = "A node's metrics over the last minute, hour and day")
    @APIResponse(responseCode = "200", ref = "Statistics")
    public byte[] statistics(@RestPath String node, @BeanParam ClusterQuery cluster) {
        return answers.statistics(find(cluster, node));
    }

    @GET
    @Path("{node}/pods")
    @Operation(summary = "The pods on a node, as namespace/pod")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] pods(@RestPath String node, @BeanParam ClusterQuery cluster) {
        return answers.podsOnNode(clusters.of(cluster.name()), find(cluster, node));
    }

    @GET
    @Path("{node}/freecontainers")
    @Operation(summary = "Names of a node's containers that belong to no pod")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] freeContainers(@RestPath String node, @BeanParam ClusterQuery cluster) {
        ContainerOwner owner = find(cluster, node);
        return answers.names(clusters.of(cluster.name()), owner == null ? List.of() : owner.containers());
    }

    @GET
    @Path("{node}/freecontainers/{path:.+}")
    @NonBlocking
    @Operation(
            summary =
                    "Of a container that belongs to no pod: {container} for what there is below it, {container}/metrics"
                            + " for the names of its metrics, {container}/metrics/{metric} for one of them, {container}/stats for"
                            + " all over the last minute, hour and day. Slashes in its name as they are or as %2F")
    @APIResponse(responseCode = "200", ref = "NamesOrSeriesOrStatistics")
    @APIResponse(responseCode = "400", ref = "BadQuery")
    public byte[] freeContainer(
            @RestPath String node,
            @RestPath String path,
            @BeanParam ClusterQuery cluster,
            @BeanParam SeriesQuery query) {
        ContainerOwner owner = find(cluster, node);
        FreeContainerPath asked = FreeContainerPath.of(ModelAnswers.withoutTrailingSlash(path), owner);
        EntityHistory container = owner == null ? null : owner.container(asked.container());
        String metric = asked.metric();
        if (metric != null) {
            return answers.series(container, metric, query);
        }
        if (asked.asksForMetrics()) {
            return answers.metricNames(container);
        }
        return asked.asksForStatistics()
                ? answers.statistics(container)
                : answers.children(container, "metrics/", "stats/");
    }

    private @Nullable ContainerOwner find(ClusterQuery query, String node) {
        ClusterHistory cluster = clusters.of(query.name());
        return cluster == null ? null : cluster.node(node);
    }
}
