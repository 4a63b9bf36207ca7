package io.heapster.scraper.source.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Lists in pages of two and streams watches, of nodes, pods and namespaces; can break its watches and call them gone. */
public final class FakeApiServer implements AutoCloseable {
    private static final int PAGE = 2;

    private final Map<String, List<JsonObject>> objects = new ConcurrentHashMap<>();
    private final Map<String, List<HttpServerResponse>> watches = new ConcurrentHashMap<>();
    /** Every list and watch, as path and query. */
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

    private final HttpServer server;
    private final int port;
    private final boolean tls;
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile boolean down;
    private volatile String token = "";
    private volatile String certificate = "";

    public FakeApiServer(Vertx vertx) {
        this(vertx, new HttpServerOptions());
    }

    public FakeApiServer(Vertx vertx, HttpServerOptions options) {
        tls = options.isSsl();
        server = vertx.createHttpServer(options).requestHandler(this::handle);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    public String url() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + port;
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    public int watching(String resource) {
        return of(watches, resource).size();
    }

    /** From now on a request with another token gets 401. */
    public void requireToken(String required) {
        token = required;
    }

    /** From now on a request by a connection with a client certificate of another subject gets 401, and the connection ends. */
    public void requireCertificate(String subject) {
        certificate = subject;
    }

    private static String shownBy(HttpServerRequest request) {
        try {
            return request.connection().sslSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    /** From now on requests for these objects get 403. */
    public void forbid(String resource) {
        forbidden.add(resource);
    }

    /** From now on every request gets 503 and no watch lives. */
    public void down(boolean isDown) {
        down = isDown;
        if (isDown) {
            watches.keySet().forEach(this::breakWatches);
        }
    }

    public void put(String resource, HasMetadata object) {
        put(resource, new JsonObject(Serialization.asJson(object)));
    }

    public void put(String resource, JsonObject object) {
        List<JsonObject> all = of(objects, resource);
        boolean known = all.removeIf(other -> uid(other).equals(uid(object)));
        all.add(object);
        send(resource, known ? "MODIFIED" : "ADDED", object);
    }

    public void remove(String resource, HasMetadata object) {
        JsonObject json = new JsonObject(Serialization.asJson(object));
        of(objects, resource).removeIf(other -> uid(other).equals(uid(json)));
        send(resource, "DELETED", json);
    }

    /** Changes what a list shows without telling any watch. */
    public void forget(String resource) {
        of(objects, resource).clear();
    }

    public void breakWatches(String resource) {
        List<HttpServerResponse> broken = of(watches, resource);
        broken.forEach(response -> response.reset());
        broken.clear();
    }

    /** Tells all watches that their version is too old. */
    public void gone(String resource) {
        JsonObject status = new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", "Expired")
                .put("code", 410)
                .put("message", "too old resource version");
        send(resource, "ERROR", status);
        List<HttpServerResponse> ended = of(watches, resource);
        ended.forEach(HttpServerResponse::end);
        ended.clear();
    }

    private static String uid(JsonObject object) {
        JsonObject metadata = object.getJsonObject("metadata");
        return metadata.getString("uid", metadata.getString("name"));
    }

    private static <T> List<T> of(Map<String, List<T>> map, String resource) {
        return map.computeIfAbsent(resource, any -> new CopyOnWriteArrayList<>());
    }

    private void send(String resource, String type, JsonObject object) {
        Buffer line = new JsonObject()
                .put("type", type)
                .put("object", object)
                .toBuffer()
                .appendString("\n");
        of(watches, resource).forEach(response -> response.write(line));
    }

    private void handle(HttpServerRequest request) {
        requests.add(request.uri());
        String resource = request.path().substring(request.path().lastIndexOf('/') + 1);
        if (down) {
            request.response().setStatusCode(503).end();
        } else if (!certificate.isEmpty() && !certificate.equals(shownBy(request))) {
            request.response().putHeader("Connection", "close");
            refuse(request, 401, "Unauthorized");
        } else if (!token.isEmpty() && !("Bearer " + token).equals(request.getHeader("Authorization"))) {
            refuse(request, 401, "Unauthorized");
        } else if (forbidden.contains(resource)) {
            refuse(request, 403, "Forbidden");
        } else if ("true".equals(request.getParam("watch"))) {
            request.response().setChunked(true).putHeader("Content-Type", "application/json");
            request.response()
                    .write(new JsonObject()
                            .put("type", "BOOKMARK")
                            .put(
                                    "object",
                                    new JsonObject()
                                            .put("kind", kind(resource))
                                            .put("apiVersion", "v1")
                                            .put("metadata", new JsonObject().put("resourceVersion", "100")))
                            .toBuffer()
                            .appendString("\n"));
            of(watches, resource).add(request.response());
        } else {
            list(request, resource);
        }
    }

    private static void refuse(HttpServerRequest request, int status, String reason) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("reason", reason)
                        .put("message", reason)
                        .put("code", status)
                        .toBuffer());
    }

    private void list(HttpServerRequest request, String resource) {
        List<JsonObject> all = new ArrayList<>(of(objects, resource));
        String start = request.getParam("continue");
        int from = start == null || start.isEmpty() ? 0 : Integer.parseInt(start);
        int to = Math.min(all.size(), from + PAGE);
        JsonObject metadata = new JsonObject().put("resourceVersion", "100");
        if (to < all.size()) {
            metadata.put("continue", String.valueOf(to));
        }
        JsonObject list = new JsonObject()
                .put("kind", kind(resource) + "List")
                .put("apiVersion", "v1")
                .put("metadata", metadata)
                .put("items", new JsonArray(all.subList(from, to)));
        request.response().putHeader("Content-Type", "application/json").end(list.toBuffer());
    }

    private static String kind(String resource) {
        return switch (resource) {
            case "nodes" -> "Node";
            case "pods" -> "Pod";
            default -> "Namespace";
        };
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
