package io.heapster.model.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The API server says who the caller is and what they may do; without its word nobody gets anything. */
final class DelegatedRule implements AccessRule {
    private static final String BEARER = "Bearer ";

    private final AuthorityReader authorities;
    private final Reviews reviews;

    DelegatedRule(AuthorityReader authorities, Reviews reviews) {
        this.authorities = authorities;
        this.reviews = reviews;
    }

    @Override
    public CompletionStage<Void> admit(HttpServerRequest request, List<String> segments) {
        Attributes attributes = Attributes.of(request.method().name(), segments, isTrue(request.getParam("watch")));
        return caller(request)
                .thenCompose(caller -> reviews.allows(caller, attributes).thenAccept(allowed -> {
                    if (!allowed) {
                        throw Refusal.status(Refusal.FORBIDDEN, attributes.refusal(caller.name()));
                    }
                }))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(worded(failure)));
    }

    private static boolean isTrue(@Nullable String parameter) {
        return "true".equals(parameter) || "1".equals(parameter);
    }

    private CompletionStage<Caller> caller(HttpServerRequest request) {
        ClientCertificate certificate = ClientCertificate.of(request);
        ClusterAuthorities known = authorities.current();
        if (certificate != null && known != null) {
            Caller proven = known.caller(certificate, request.headers());
            if (proven != null) {
                return CompletableFuture.completedStage(proven);
            }
        }
        String token = bearerToken(request);
        if (!token.isEmpty()) {
            return reviews.holderOf(token)
                    .thenApply(holder -> holder.orElseThrow(() ->
                            Refusal.status(Refusal.UNAUTHENTICATED, "the bearer token is not valid, or no longer")));
        }
        return CompletableFuture.failedStage(nobody(certificate, known));
    }

    private static String bearerToken(HttpServerRequest request) {
        String value = request.getHeader(HttpHeaders.AUTHORIZATION);
        return value != null && value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length()).strip()
                : "";
    }

    private Refusal nobody(@Nullable ClientCertificate certificate, @Nullable ClusterAuthorities known) {
        if (certificate == null) {
            return Refusal.status(
                    Refusal.UNAUTHENTICATED,
                    "nothing says who asks: ask through the API server, or send a client certificate of the cluster or"
                            + " Authorization: Bearer TOKEN");
        }
        if (known == null) {
            return Refusal.status(
                    Refusal.UNAVAILABLE, "client certificates cannot be verified yet: " + authorities.whyUnknown());
        }
        return Refusal.status(
                Refusal.UNAUTHENTICATED,
                "the client certificate of '" + certificate.commonName()
                        + "' is neither the front proxy's, with X-Remote-User, nor a cluster user's, or not valid now");
    }

    private static Throwable worded(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ReviewException unanswered
                ? Refusal.status(Refusal.UNAVAILABLE, String.valueOf(unanswered.getMessage()))
                : cause;
    }
}
