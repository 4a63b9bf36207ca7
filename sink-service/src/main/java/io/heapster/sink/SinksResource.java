package io.heapster.sink;

import io.heapster.sink.delivery.SinkStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Tells people how each sink fares. */
@Path("/api/v1/sinks")
@Produces(MediaType.APPLICATION_JSON)
public class SinksResource {
    private final SinkPipeline pipeline;

    SinksResource(SinkPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** State, delay, last error and points of each sink, in the order they were named. */
    @GET
    public List<SinkStatus> sinks() {
        return pipeline.status();
    }
}
