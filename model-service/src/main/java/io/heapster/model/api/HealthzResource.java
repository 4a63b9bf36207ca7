package io.heapster.model.api;

import io.heapster.contract.uri.Durations;
import io.heapster.model.store.SampleStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Heapster's own health page, which asks whether there is news; what Kubernetes should probe is under /q/health. */
@Path("/healthz")
@Produces(MediaType.TEXT_PLAIN)
@Tag(name = "health")
public class HealthzResource {
    private final SampleStore store;
    private final Duration resolution;
    private final Clock clock = Clock.systemUTC();

    HealthzResource(
            SampleStore store,
            @ConfigProperty(name = "heapster.metric-resolution", defaultValue = "60s") String resolution) {
        this.store = store;
        this.resolution = Durations.parse(resolution);
    }

    @GET
    @Operation(summary = "ok, or 500 and why when the newest batch is too old")
    public RestResponse<String> healthz(@QueryParam("verbose") @Nullable String verbose) {
        String problem = Freshness.problem(store.newestTick(), resolution, clock.millis());
        if (problem != null) {
            return RestResponse.status(
                    RestResponse.Status.INTERNAL_SERVER_ERROR,
                    "[-]healthz failed: " + problem + "\nhealthz check failed\n");
        }
        return RestResponse.ok(verbose == null ? "ok" : "[+]healthz ok\nhealthz check passed\n");
    }

    @GET
    @Path("healthz")
    @Operation(summary = "The same")
    public RestResponse<String> healthzOfHealthz(@QueryParam("verbose") @Nullable String verbose) {
        return healthz(verbose);
    }
}
