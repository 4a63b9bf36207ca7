package io.heapster.model.api;

import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.ClusterHistory;
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

/** The model API of Heapster, from its root: the cluster. */
@Path("/api/v1/model")
@Produces(MediaType.APPLICATION_JSON)
@WhenCaughtUp
@BareJson
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "503", ref = "NotCaughtUp")
@Tag(name = "model", description = "The last minutes of every metric of every entity")
public class ModelResource {
    private final ClusterChoice clusters;
    private final ModelAnswers answers;

    ModelResource(ClusterChoice clusters, ModelAnswers answers) {
        this.clusters = clusters;
        this.answers = answers;
    }

    @GET
    @NonBlocking
    @Operation(summary = "What there is below this path")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] root() {
        return ModelJson.names(List.of("metrics/", "stats/", "namespaces/", "nodes/"));
    }

    @GET
    @Path("metrics")
    @NonBlocking
    @Operation(summary = "Names of the cluster's metrics")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] metrics(@BeanParam ClusterQuery cluster) {
        return answers.metricNames(clusters.of(cluster.name()));
    }

    @GET
    @Path("metrics/{metric:.+}")
    @NonBlocking
    @Operation(summary = "A metric of the cluster")
    @APIResponse(responseCode = "200", ref = "Series")
    @APIResponse(responseCode = "400", ref = "BadQuery")
    public byte[] series(@RestPath String metric, @BeanParam ClusterQuery cluster, @BeanParam SeriesQuery query) {
        return answers.series(clusters.of(cluster.name()), metric, query);
    }

    @GET
    @Path("stats")
    @Operation(summary = "The cluster's metrics over the last minute, hour and day")
    @APIResponse(responseCode = "200", ref = "Statistics")
    public byte[] statistics(@BeanParam ClusterQuery query) {
        ClusterHistory cluster = clusters.of(query.name());
        return answers.statistics(cluster, cluster == null ? List.of() : cluster.nodes());
    }

    @GET
    @Path("debug/allkeys")
    @Operation(summary = "Keys of all entities there are now")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] allKeys(@BeanParam ClusterQuery cluster) {
        return answers.keys(clusters.of(cluster.name()));
    }
}
