package io.heapster.model.export;

import io.heapster.model.api.BareJson;
import io.heapster.model.api.ClusterQuery;
import io.heapster.model.api.WhenCaughtUp;
import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.ClusterHistory;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The newest values of everything in a cluster, and what they mean. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@WhenCaughtUp
@BareJson
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "503", ref = "NotCaughtUp")
@Tag(name = "export", description = "The newest values of everything at once")
public class MetricExportResource {
    private final ClusterChoice clusters;
    private final byte[] schema = ExportSchema.document();

    MetricExportResource(ClusterChoice clusters) {
        this.clusters = clusters;
    }

    @GET
    @Path("metric-export")
    @Operation(summary = "The newest values of all nodes, pods and containers; null before there are any")
    @APIResponse(responseCode = "200", ref = "Export")
    public StreamingOutput export(@BeanParam ClusterQuery query) {
        ClusterHistory cluster = clusters.of(query.name());
        return out -> JsonWriter.write(out, Layout.COMPACT, json -> MetricExport.write(cluster, json));
    }

    @GET
    @Path("metric-export-schema")
    @NonBlocking
    @Operation(summary = "The metrics and labels that are exported")
    @APIResponse(responseCode = "200", ref = "ExportSchema")
    public byte[] schema() {
        return schema.clone();
    }
}
