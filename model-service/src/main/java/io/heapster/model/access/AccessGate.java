package io.heapster.model.access;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands before all routes: finds the rule for a request's path and lets through what it admits. */
final class AccessGate {
    private static final Logger LOG = Logger.getLogger(AccessGate.class);

    /** Probes know no secrets. Whole paths: what else may lie below them is nobody's business here. */
    private static final Set<String> OPEN = Set.of(
            "/healthz", "/livez", "/readyz", "/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

    private static final String RETRY_AFTER_SECONDS = "5";

    private final List<RequestPath> delegatedPaths;
    private final @Nullable AccessRule delegated;
    private final @Nullable AccessRule others;
    private final AccessMetrics metrics;

    AccessGate(
            List<String> delegatedPaths,
            @Nullable AccessRule delegated,
            @Nullable AccessRule others,
            AccessMetrics metrics) {
        this.delegatedPaths = delegatedPaths.stream().map(RequestPath::of).toList();
        this.delegated = delegated;
        this.others = others;
        this.metrics = metrics;
    }

    void handle(RoutingContext routing) {
        String normal = routing.normalizedPath();
        if (OPEN.contains(normal)) {
            routing.next();
            return;
        }
        RequestPath path;
        try {
            path = RequestPath.of(normal);
        } catch (IllegalArgumentException e) {
            refuse(routing, Refusal.text(Refusal.BAD_REQUEST, "Bad Request"));
            return;
        }
        AccessRule rule = delegated != null && delegatedPaths.stream().anyMatch(path::isWithin) ? delegated : others;
        if (rule == null) {
            routing.next();
            return;
        }
        HttpServerRequest request = routing.request();
        // Over HTTP/2 its end would pass by while the rule waits, and who comes next would find it read already.
        request.pause();
        Context context = routing.vertx().getOrCreateContext();
        Future.fromCompletionStage(rule.admit(request, path.segments()), context)
                .onSuccess(admitted -> {
                    metrics.admitted();
                    request.resume();
                    routing.next();
                })
                .onFailure(failure -> {
                    request.resume();
                    refuse(routing, refusal(failure));
                });
    }

    private static Refusal refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refusal;
        }
        LOG.error("a request is refused because deciding over it went wrong", cause);
        return Refusal.status(Refusal.UNAVAILABLE, "deciding over the request went wrong, see the service's log");
    }

    private void refuse(RoutingContext routing, Refusal refusal) {
        metrics.refused(refusal.status());
        HttpServerResponse response = routing.response();
        response.setStatusCode(refusal.status()).putHeader(HttpHeaders.CONTENT_TYPE, refusal.contentType());
        if (refusal.status() == Refusal.UNAVAILABLE) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.end(refusal.body());
    }
}
