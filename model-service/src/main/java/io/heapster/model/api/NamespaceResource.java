package io.heapster.model.api;

import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The part of the model API about namespaces, their pods and the containers of these. */
@Path("/api/v1/model/namespaces")
@Produces(MediaType.APPLICATION_JSON)
@WhenCaughtUp
@BareJson
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "503", ref = "NotCaughtUp")
@Tag(name = "model")
public class NamespaceResource {
    private final ClusterChoice clusters;
    private final ModelAnswers answers;

    NamespaceResource(ClusterChoice clusters, ModelAnswers answers) {
        this.clusters = clusters;
        this.answers = answers;
    }

    @GET
    @Operation(summary = "Names of the namespaces")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] namespaces(@BeanParam ClusterQuery query) {
        ClusterHistory cluster = clusters.of(query.name());
        return answers.names(cluster, cluster == null ? List.of() : cluster.namespaces());
    }

    @GET
    @Path("{namespace}")
    @NonBlocking
    @Operation(summary = "What there is below a namespace")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] namespace(@RestPath String namespace, @BeanParam ClusterQuery cluster) {
        return answers.children(find(cluster, namespace), "pods/", "metrics/", "stats/");
    }

    @GET
    @Path("{namespace}/metrics")
    @NonBlocking
    @Operation(summary = "Names of a namespace's metrics")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] metrics(@RestPath String namespace, @BeanParam ClusterQuery cluster) {
        return answers.metricNames(find(cluster, namespace));
    }

    @GET
    @Path("{namespace}/metrics/{metric:.+}")
    @NonBlocking
    @Operation(summary = "A metric of a namespace: the sum over its pods")
    @APIResponse(responseCode = "200", ref = "Series")
    @APIResponse(responseCode = "400", ref = "BadQuery")
    public byte[] series(
            @RestPath String namespace,
            @RestPath String metric,
            @BeanParam ClusterQuery cluster,
            @BeanParam SeriesQuery query) {
        return answers.series(find(cluster, namespace), metric, query);
    }

    @GET
    @Path("{namespace}/stats")
    @Operation(summary = "A namespace's metrics over the last minute, hour and day")
    @APIResponse(responseCode = "200", ref = "Statistics")
    public byte[] statistics(@RestPath String namespace, @BeanParam ClusterQuery cluster) {
        NamespaceHistory found = find(cluster, namespace);
        return answers.statistics(found, found == null ? List.of() : found.pods());
    }

    @GET
    @Path("{namespace}/pods")
    @Operation(summary = "Names of a namespace's pods")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] pods(@RestPath String namespace, @BeanParam ClusterQuery cluster) {
        NamespaceHistory found = find(cluster, namespace);
        return answers.names(clusters.of(cluster.name()), found == null ? List.of() : found.pods());
    }

    @GET
    @Path("{namespace}/pods/{pod}")
    @NonBlocking
    @Operation(summary = "What there is below a pod")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] pod(@RestPath String namespace, @RestPath String pod, @BeanParam ClusterQuery cluster) {
        return answers.children(find(cluster, namespace, pod), "containers/", "metrics/", "stats/");
    }

    @GET
    @Path("{namespace}/pods/{pod}/metrics")
    @NonBlocking
    @Operation(summary = "Names of a pod's metrics")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] podMetrics(@RestPath String namespace, @RestPath String pod, @BeanParam ClusterQuery cluster) {
        return answers.metricNames(find(cluster, namespace, pod));
    }

    @GET
    @Path("{namespace}/pods/{pod}/metrics/{metric:.+}")
    @NonBlocking
    @Operation(summary = "A metric of a pod")
    @APIResponse(responseCode = "200", ref = "Series")
    @APIResponse(responseCode = "400", ref = "BadQuery")
    public byte[] podSeries(
            @RestPath String namespace,
            @RestPath String pod,
            @RestPath String metric,
            @BeanParam ClusterQuery cluster,
            @BeanParam SeriesQuery query) {
        return answers.series(find(cluster, namespace, pod), metric, query);
    }

    @GET
    @Path("{namespace}/pods/{pod}/stats")
    @Operation(summary = "A pod's metrics over the last minute, hour and day")
    @APIResponse(responseCode = "200", ref = "Statistics")
    public byte[] podStatistics(@RestPath String namespace, @RestPath String pod, @BeanParam ClusterQuery cluster) {
        return answers.statistics(find(cluster, namespace, pod));
    }

    @GET
    @Path("{namespace}/pods/{pod}/containers")
    @NonBlocking
    @Operation(summary = "Names of a pod's containers")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] containers(@RestPath String namespace, @RestPath String pod, @BeanParam ClusterQuery cluster) {
        ContainerOwner found = find(cluster, namespace, pod);
        return answers.names(clusters.of(cluster.name()), found == null ? List.of() : found.containers());
    }

    @GET
    @Path("{namespace}/pods/{pod}/containers/{container}")
    @NonBlocking
    @Operation(summary = "What there is below a container")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] container(
            @RestPath String namespace,
            @RestPath String pod,
            @RestPath String container,
            @BeanParam ClusterQuery cluster) {
        return answers.children(find(cluster, namespace, pod, container), "metrics/", "stats/");
    }

    @GET
    @Path("{namespace}/pods/{pod}/containers/{container}/metrics")
    @NonBlocking
    @Operation(summary = "Names of a container's metrics")
    @APIResponse(responseCode = "200", ref = "Names")
    public byte[] containerMetrics(
            @RestPath String namespace,
            @RestPath String pod,
            @RestPath String container,
            @BeanParam ClusterQuery cluster) {
        return answers.metricNames(find(cluster, namespace, pod, container));
    }

    @GET
    @Path("{namespace}/pods/{pod}/containers/{container}/metrics/{metric:.+}")
    @NonBlocking
    @Operation(summary = "A metric of a container")
    @APIResponse(responseCode = "200", ref = "Series")
    @APIResponse(responseCode = "400", ref = "BadQuery")
    public byte[] containerSeries(
            @RestPath String namespace,
            @RestPath String pod,
            @RestPath String container,
            @RestPath String metric,
            @BeanParam ClusterQuery cluster,
            @BeanParam SeriesQuery query) {
        return answers.series(find(cluster, namespace, pod, container), metric, query);
    }

    @GET
    @Path("{namespace}/pods/{pod}/containers/{container}/stats")
    @Operation(summary = "A container's metrics over the last minute, hour and day")
    @APIResponse(responseCode = "200", ref = "Statistics")
    public byte[] containerStatistics(
            @RestPath String namespace,
            @RestPath String pod,
            @RestPath String container,
            @BeanParam ClusterQuery cluster) {
        return answers.statistics(find(cluster, namespace, pod, container));
    }

    @GET
    @Path("{namespace}/pod-list/{pods}/metrics/{metric:.+}")
    @Operation(summary = "One metric of several pods, named with commas between them, in their order")
    @APIResponse(responseCode = "200", ref = "SeriesList")
    @APIResponse(responseCode = "400", ref = "BadQuery")
    public byte[] podListSeries(
            @RestPath String namespace,
            @RestPath String pods,
            @RestPath String metric,
            @BeanParam ClusterQuery cluster,
            @BeanParam SeriesQuery query) {
        NamespaceHistory found = find(cluster, namespace);
        List<@Nullable EntityHistory> asked = new ArrayList<>();
        for (String pod : pods.split(",", -1)) {
            asked.add(found == null ? null : found.pod(pod));
        }
        return answers.seriesList(asked, metric, query);
    }

    private @Nullable NamespaceHistory find(ClusterQuery query, String namespace) {
        ClusterHistory cluster = clusters.of(query.name());
        return cluster == null ? null : cluster.namespace(namespace);
    }

    private @Nullable ContainerOwner find(ClusterQuery query, String namespace, String pod) {
        NamespaceHistory found = find(query, namespace);
        return found == null ? null : found.pod(pod);
    }

    private @Nullable EntityHistory find(ClusterQuery query, String namespace, String pod, String container) {
        ContainerOwner owner = find(query, namespace, pod);
        return owner == null ? null : owner.container(container);
    }
}
