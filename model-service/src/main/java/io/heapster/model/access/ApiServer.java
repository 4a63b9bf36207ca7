package io.heapster.model.access;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.NonResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The questions as they travel. No thread waits for an answer, and no question outlives the deadline. */
final class ApiServer implements Reviews, AutoCloseable {
    private static final String TOKEN_REVIEWS = "apis/authentication.k8s.io/v1/tokenreviews";
    private static final String ACCESS_REVIEWS = "apis/authorization.k8s.io/v1/subjectaccessreviews";
    private static final String AUTHENTICATION_CONFIG_MAP =
            "api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";
    private static final String DELEGATOR = "bind the ClusterRole system:auth-delegator to this service's account";
    private static final String READER =
            "bind the Role extension-apiserver-authentication-reader in kube-system to this"
                    + " service's account, or give a file as heapster.model.access.requestheader-client-ca";
    private static final int MOST_AT_ONCE = 64;

    private final KubernetesClient client;
    private final long deadlineMillis;
    private final AccessMetrics metrics;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    ApiServer(Vertx vertx, Config config, Duration deadline, AccessMetrics metrics) {
        this.deadlineMillis = deadline.toMillis();
        this.metrics = metrics;
        this.client = new KubernetesClientBuilder()
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .withConfig(new ConfigBuilder(config)
                        .withConnectionTimeout((int) deadlineMillis)
                        .withRequestTimeout((int) deadlineMillis)
                        .withRequestRetryBackoffLimit(0)
                        .withUserAgent("heapster")
                        .build())
                .build();
    }

    @Override
    public CompletionStage<Optional<Caller>> holderOf(String token) {
        TokenReview question = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .endSpec()
                .build();
        return ask("POST", TOKEN_REVIEWS, question, TokenReview.class, DELEGATOR)
                .thenApply(ApiServer::holder);
    }

    private static Optional<Caller> holder(TokenReview answer) {
        TokenReviewStatus status = answer.getStatus();
        UserInfo user = status == null ? null : status.getUser();
        if (status == null || !Boolean.TRUE.equals(status.getAuthenticated()) || user == null) {
            return Optional.empty();
        }
        String name = user.getUsername();
        return name == null || name.isEmpty()
                ? Optional.empty()
                : Optional.of(Caller.authenticated(
                        name,
                        Objects.requireNonNullElse(user.getUid(), ""),
                        Objects.requireNonNullElse(user.getGroups(), List.of()),
                        Objects.requireNonNullElse(user.getExtra(), Map.of())));
    }

    @Override
    public CompletionStage<Boolean> allows(Caller caller, Attributes attributes) {
        SubjectAccessReview question = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(caller.name())
                .withUid(caller.uid().isEmpty() ? null : caller.uid())
                .withGroups(caller.groups())
                .withExtra(caller.extra())
                .withResourceAttributes(attributes.isResource() ? resource(attributes) : null)
                .withNonResourceAttributes(
                        attributes.isResource()
                                ? null
                                : new NonResourceAttributes(attributes.path(), attributes.verb()))
                .endSpec()
                .build();
        return ask("POST", ACCESS_REVIEWS, question, SubjectAccessReview.class, DELEGATOR)
                .thenApply(ApiServer::allowed);
    }

    private static ResourceAttributes resource(Attributes attributes) {
        return new ResourceAttributesBuilder()
                .withVerb(attributes.verb())
                .withGroup(attributes.group())
                .withVersion(attributes.version())
                .withResource(attributes.resource())
                .withSubresource(attributes.subresource())
                .withNamespace(attributes.namespace())
                .withName(attributes.name())
                .build();
    }

    private static boolean allowed(SubjectAccessReview answer) {
        SubjectAccessReviewStatus status = answer.getStatus();
        return status != null && Boolean.TRUE.equals(status.getAllowed()) && !Boolean.TRUE.equals(status.getDenied());
    }

    /** What the cluster tells servers of its API about client certificates. */
    CompletionStage<Map<String, String>> authenticationConfig() {
        return ask("GET", AUTHENTICATION_CONFIG_MAP, null, ConfigMap.class, READER)
                .thenApply(map -> Objects.requireNonNullElse(map.getData(), Map.of()));
    }

    private <T extends KubernetesResource> CompletionStage<T> ask(
            String method, String path, @Nullable Object body, Class<T> type, String cure) {
        String what = method + " /" + path;
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + path)
                .timeout(deadlineMillis, TimeUnit.MILLISECONDS);
        if (body != null) {
            request.post("application/json", client.getKubernetesSerialization().asJson(body));
        }
        if (!places.tryAcquire()) {
            metrics.reviewFailed();
            return CompletableFuture.failedStage(
                    new ReviewException("the API server leaves " + MOST_AT_ONCE + " questions unanswered"));
        }
        return CompletableFuture.completedFuture(request.build())
                .thenCompose(built -> client.getHttpClient().sendAsync(built, byte[].class))
                .orTimeout(deadlineMillis, TimeUnit.MILLISECONDS)
                .thenApply(response -> answer(response, type, what, cure))
                .whenComplete((answer, failure) -> {
                    places.release();
                    if (failure == null) {
                        metrics.reviewAnswered();
                    } else {
                        metrics.reviewFailed();
                    }
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(explained(failure, what)));
    }

    private <T extends KubernetesResource> T answer(
            HttpResponse<byte[]> response, Class<T> type, String what, String cure) {
        String text = response.body() == null ? "" : new String(response.body(), StandardCharsets.UTF_8);
        if (response.isSuccessful()) {
            try {
                return Objects.requireNonNull(
                        client.getKubernetesSerialization().unmarshal(text, type));
            } catch (RuntimeException e) {
                // the library has exceptions of many kinds for what it cannot read
                throw new ReviewException("the API server's answer to " + what + " cannot be read", e);
            }
        }
        String refused = response.code() == Refusal.FORBIDDEN ? "; " + cure : "";
        throw new ReviewException(
                "the API server answers " + response.code() + " to " + what + message(text) + refused);
    }

    private String message(String text) {
        try {
            Status status = client.getKubernetesSerialization().unmarshal(text, Status.class);
            return status == null || status.getMessage() == null ? "" : " (" + status.getMessage() + ")";
        } catch (RuntimeException e) {
            // no Status: a proxy on the way has answered, whose page helps nobody
            return "";
        }
    }

    private ReviewException explained(Throwable failure, String what) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ReviewException known) {
            return known;
        }
        String why = cause instanceof TimeoutException
                ? "no answer within " + deadlineMillis + " ms"
                : String.valueOf(cause.getMessage());
        return new ReviewException(
                "the API server at " + client.getMasterUrl() + " cannot be asked (" + what + "): " + why, cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
