package io.heapster.model.api;

import io.heapster.model.ingest.LogReader;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Turns requests away while the history is still being read. */
@jakarta.ws.rs.ext.Provider
@WhenCaughtUp
class CaughtUpFilter implements ContainerRequestFilter {
    private static final int RETRY_AFTER_SECONDS = 5;

    /** Asked for late: filters are made while the application is built, before there is any configuration. */
    private final Provider<LogReader> reader;

    CaughtUpFilter(Provider<LogReader> reader) {
        this.reader = reader;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!reader.get().isCaughtUp()) {
            request.abortWith(Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity("the model is still reading its history from the log, try again")
                    .build());
        }
    }
}
