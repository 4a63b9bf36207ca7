package io.heapster.model.api;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which cluster is meant. */
public final class ClusterQuery {
    @QueryParam("cluster")
    @Parameter(description = "Name of the cluster; needed only where there are several")
    @Nullable
    String name;

    /** Null when none is named. */
    public @Nullable String name() {
        return name;
    }
}
