package io.heapster.model.access;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers the reviews and the one config map that a server of the cluster's API asks for. */
final class FakeApiServer implements AutoCloseable {
    enum Mood {
        WELL,
        /** Answers 503 to everything. */
        DOWN,
        /** Takes requests and answers none. */
        SILENT,
        /** Answers 403 to everything, as to an account without roles. */
        FORBIDDING,
        /** Answers 200 with something else. */
        CONFUSED
    }

    static final String OWN_TOKEN = "token-of-the-model";

    private final Map<String, JsonObject> holders = new ConcurrentHashMap<>();
    private final Map<String, String> config = new ConcurrentHashMap<>();
    private final Set<String> permissions = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<JsonObject> tokenReviews = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<JsonObject> accessReviews = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final int port;
    private volatile Mood mood = Mood.WELL;

    FakeApiServer(Vertx vertx) {
        server = vertx.createHttpServer().requestHandler(this::handle);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    void is(Mood now) {
        mood = now;
    }

    void token(String token, String user, String... groups) {
        holders.put(
                token,
                new JsonObject()
                        .put("username", user)
                        .put("uid", "uid-of-" + user)
                        .put("groups", new JsonArray(List.of(groups)))
                        .put("extra", new JsonObject().put("scopes", new JsonArray(List.of("view")))));
    }

    void revoke(String token) {
        holders.remove(token);
    }

    /** @param permission user, verb and then resource or path, with blanks between */
    void allow(String permission) {
        permissions.add(permission);
    }

    void deny(String permission) {
        permissions.remove(permission);
    }

    /** Sets a key of the config map. */
    void config(String key, String value) {
        config.put(key, value);
    }

    /** What a real API server writes there, with this front proxy and these users' authority. */
    void config(TestAuthority frontProxy, TestAuthority users) {
        config("requestheader-client-ca-file", frontProxy.pem());
        config("requestheader-allowed-names", "[\"front-proxy-client\"]");
        config("requestheader-username-headers", "[\"X-Remote-User\"]");
        config("requestheader-group-headers", "[\"X-Remote-Group\"]");
        config("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]");
        config("client-ca-file", users.pem());
    }

    List<JsonObject> tokenReviews() {
        return List.copyOf(tokenReviews);
    }

    /** The specs. */
    List<JsonObject> accessReviews() {
        return List.copyOf(accessReviews);
    }

    void forgetReviews() {
        tokenReviews.clear();
        accessReviews.clear();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            switch (mood) {
                case SILENT -> {}
                case DOWN -> request.response().setStatusCode(503).end("upstream is away");
                case FORBIDDING ->
                    answer(
                            request,
                            403,
                            new JsonObject().put("kind", "Status").put("message", "User \"model\" cannot do that"));
                case CONFUSED -> request.response().end("<html>");
                case WELL -> well(request, body);
            }
        });
    }

    private void well(HttpServerRequest request, Buffer body) {
        if (!("Bearer " + OWN_TOKEN).equals(request.getHeader("Authorization"))) {
            answer(request, 401, new JsonObject().put("kind", "Status").put("message", "Unauthorized"));
            return;
        }
        switch (request.method() + " " + request.path()) {
            case "POST /apis/authentication.k8s.io/v1/tokenreviews" -> answer(request, 201, tokenReview(body));
            case "POST /apis/authorization.k8s.io/v1/subjectaccessreviews" -> answer(request, 201, accessReview(body));
            case "GET /api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication" ->
                answer(
                        request,
                        200,
                        new JsonObject()
                                .put("kind", "ConfigMap")
                                .put("apiVersion", "v1")
                                .put("data", new JsonObject(Map.copyOf(config))));
            default -> answer(request, 404, new JsonObject().put("kind", "Status"));
        }
    }

    private JsonObject tokenReview(Buffer body) {
        JsonObject review = body.toJsonObject();
        tokenReviews.add(review.getJsonObject("spec"));
        JsonObject user = holders.get(review.getJsonObject("spec").getString("token"));
        JsonObject status = new JsonObject();
        if (user == null) {
            status.put("error", "invalid bearer token");
        } else {
            status.put("authenticated", true).put("user", user);
        }
        return review.put("status", status);
    }

    private JsonObject accessReview(Buffer body) {
        JsonObject review = body.toJsonObject();
        JsonObject spec = review.getJsonObject("spec");
        accessReviews.add(spec);
        JsonObject resource = spec.getJsonObject("resourceAttributes");
        JsonObject path = spec.getJsonObject("nonResourceAttributes");
        String wanted = resource == null
                ? path.getString("verb") + " " + path.getString("path")
                : resource.getString("verb") + " " + resource.getString("resource");
        boolean allowed = permissions.contains(spec.getString("user") + " " + wanted);
        return review.put("status", new JsonObject().put("allowed", allowed));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
