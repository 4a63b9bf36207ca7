package io.heapster.simulator.apiserver;

import io.heapster.simulator.access.BearerTokens;
import io.heapster.simulator.access.TestCertificate;
import io.heapster.simulator.apiserver.ObjectStore.Change;
import io.heapster.simulator.apiserver.ObjectStore.ExpiredException;
import io.heapster.simulator.http.LocalServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers lists, single objects and watches of {@link ResourceKind} over HTTP/1.1, and documents such as
 * {@code /version}. Read-only.
 */
public final class ApiServer implements AutoCloseable {
    private static final int ITEMS_PER_WRITE = 200;
    private static final Duration DEFAULT_WATCH_TIMEOUT = Duration.ofMinutes(30);
    private static final String JSON = "application/json";

    private final ObjectApi objects;
    private final Map<String, String> documents;
    private final BearerTokens tokens;
    private final Duration bookmarkInterval;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final Map<ResourceKind, AtomicLong> lists = counters();
    private final Map<ResourceKind, AtomicLong> watchesBegun = counters();
    private final LocalServer server;

    private ApiServer(
            ObjectApi objects,
            Map<String, String> documents,
            BearerTokens tokens,
            Duration bookmarkInterval,
            @Nullable TestCertificate certificate,
            int port) {
        this.objects = objects;
        this.documents = Map.copyOf(documents);
        this.tokens = tokens;
        this.bookmarkInterval = bookmarkInterval;
        this.server = LocalServer.start(certificate, port, 1, this::handle);
    }

    /**
     * Starts to answer.
     *
     * @param objects what is listed and watched
     * @param documents JSON by path, such as {@code /version}
     * @param tokens tokens asked for; may be changed at any time
     * @param bookmarkInterval time between the bookmarks of a watch that allows them
     * @param certificate what the server shows; null for plain HTTP
     * @param port TCP port, 0 for any
     */
    public static ApiServer start(
            ObjectApi objects,
            Map<String, String> documents,
            BearerTokens tokens,
            Duration bookmarkInterval,
            @Nullable TestCertificate certificate,
            int port) {
        return new ApiServer(objects, documents, tokens, bookmarkInterval, certificate, port);
    }

    /** The URL clients use. */
    public String url() {
        return server.url("127.0.0.1");
    }

    /** The port listened on. */
    public int port() {
        return server.port();
    }

    /** Requests so far, watches included. */
    public long requests() {
        return requests.get();
    }

    /** Lists begun so far: further pages of one are not counted. */
    public long lists(ResourceKind kind) {
        return count(lists, kind);
    }

    /** Watches begun so far, ended ones included. */
    public long watchesBegun(ResourceKind kind) {
        return count(watchesBegun, kind);
    }

    private static Map<ResourceKind, AtomicLong> counters() {
        Map<ResourceKind, AtomicLong> counters = new EnumMap<>(ResourceKind.class);
        for (ResourceKind kind : ResourceKind.values()) {
            counters.put(kind, new AtomicLong());
        }
        return counters;
    }

    private static long count(Map<ResourceKind, AtomicLong> counters, ResourceKind kind) {
        AtomicLong counter = counters.get(kind);
        return counter == null ? 0 : counter.get();
    }

    private static void increment(Map<ResourceKind, AtomicLong> counters, ResourceKind kind) {
        AtomicLong counter = counters.get(kind);
        if (counter != null) {
            counter.incrementAndGet();
        }
    }

    /** Watches of this moment. */
    public int watches() {
        return watches.size();
    }

    /** Ends all watches as a server does that restarts; clients come back. */
    public void closeWatches() {
        watches.forEach(Watch::end);
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpServerRequest request) {
        requests.incrementAndGet();
        switch (tokens.judge(request.getHeader("Authorization"))) {
            case ALLOWED -> route(request);
            case UNKNOWN -> refuse(request, 401, "Unauthorized", "Unauthorized", null);
            case FORBIDDEN -> forbid(request, "system:serviceaccount:kube-system:nobody");
            case ANONYMOUS -> {
                if (request.path().equals("/version")) {
                    route(request);
                } else {
                    forbid(request, "system:anonymous");
                }
            }
        }
    }

    private static void forbid(HttpServerRequest request, String user) {
        ApiPath path = ApiPath.parse(request.path());
        if (path == null) {
            String message = "forbidden: User \"%s\" cannot get path \"%s\"".formatted(user, request.path());
            refuse(request, 403, "Forbidden", message, null);
        } else {
            String plural = path.kind().plural();
            String message =
                    "%s is forbidden: User \"%s\" cannot list resource \"%s\" in API group \"\" at the cluster scope"
                            .formatted(plural, user, plural);
            refuse(request, 403, "Forbidden", message, plural);
        }
    }

    private void route(HttpServerRequest request) {
        String document = documents.get(request.path());
        ApiPath path = ApiPath.parse(request.path());
        if (!request.method().equals(HttpMethod.GET)) {
            refuse(
                    request,
                    405,
                    "MethodNotAllowed",
                    "the server does not allow this method on the requested resource",
                    null);
        } else if (document != null) {
            respond(request, 200, document.getBytes(StandardCharsets.UTF_8));
        } else if (path == null) {
            refuse(request, 404, "NotFound", "the server could not find the requested resource", null);
        } else if (!path.name().isEmpty()) {
            get(request, path);
        } else {
            select(request, path);
        }
    }

    private void get(HttpServerRequest request, ApiPath path) {
        ObjectStore.Versioned found = objects.store(path.kind()).get(path.namespace(), path.name());
        if (found == null) {
            String message = path.kind().plural() + " \"" + path.name() + "\" not found";
            refuse(request, 404, "NotFound", message, path.kind().plural());
        } else {
            respond(request, 200, ApiJson.object(path.kind(), found));
        }
    }

    private void select(HttpServerRequest request, ApiPath path) {
        try {
            Selector selector = new Selector(
                    path.namespace(), request.getParam("fieldSelector"), request.getParam("labelSelector"));
            String watch = request.getParam("watch", "false");
            if (watch.equals("true") || watch.equals("1")) {
                watch(request, path.kind(), selector);
            } else {
                list(request, path.kind(), selector);
            }
        } catch (IllegalArgumentException e) {
            refuse(request, 400, "BadRequest", String.valueOf(e.getMessage()), null);
        }
    }

    private void list(HttpServerRequest request, ResourceKind kind, Selector selector) {
        int limit = Integer.parseInt(request.getParam("limit", "0"));
        Continuation from = Continuation.parse(request.getParam("continue", ""));
        if (from.version() == 0) {
            increment(lists, kind);
        }
        ObjectStore.Page page;
        try {
            page = objects.store(kind)
                    .list(selector, from.after(), limit == 0 ? Integer.MAX_VALUE : limit, from.version());
        } catch (ExpiredException e) {
            refuse(
                    request,
                    410,
                    "Expired",
                    "The provided continue parameter is too old to display a consistent list result. "
                            + "You can start a new list without the continue parameter.",
                    null);
            return;
        }
        String next = page.last().isEmpty() ? "" : new Continuation(page.version(), page.last()).encoded();
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", JSON).setChunked(true);
        response.write(Buffer.buffer(ApiJson.listHead(kind, page.version(), next, page.remaining())));
        writeItems(response, page.objects(), 0);
    }

    /**
     * Writes some items and goes on when the client has read them and others have had their turn, so a list of a large
     * cluster is never in memory as a whole and never keeps the thread.
     */
    private static void writeItems(HttpServerResponse response, List<ObjectStore.Versioned> items, int from) {
        if (response.closed()) {
            return;
        }
        if (from >= items.size()) {
            response.end(Buffer.buffer("]}\n"));
            return;
        }
        int to = Math.min(items.size(), from + ITEMS_PER_WRITE);
        Buffer slice = Buffer.buffer(from == 0 ? "" : ",").appendBytes(ApiJson.items(items.subList(from, to)));
        response.write(slice).onSuccess(written -> writeItems(response, items, to));
    }

    private void watch(HttpServerRequest request, ResourceKind kind, Selector selector) {
        Watch watch = new Watch(kind, selector);
        increment(watchesBegun, kind);
        watches.add(watch);
        watch.begin(request);
    }

    private static void respond(HttpServerRequest request, int code, byte[] body) {
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", JSON)
                .putHeader("Cache-Control", "no-cache, private")
                .end(Buffer.buffer(body));
    }

    private static void refuse(
            HttpServerRequest request, int code, String reason, String message, @Nullable String kind) {
        respond(request, code, ApiJson.status(code, reason, message, kind));
    }

    /** Where the next page of a list begins. */
    private record Continuation(long version, String after) {
        static Continuation parse(String encoded) {
            if (encoded.isEmpty()) {
                return new Continuation(0, "");
            }
            String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return new Continuation(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
        }

        String encoded() {
            byte[] text = (version + ":" + after).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }
    }

    /** One client that watches one kind. */
    private final class Watch implements ObjectStore.Watcher {
        private final ResourceKind kind;
        private final Selector selector;
        private @Nullable WatchStream stream;
        private long timeoutTimer;
        private long bookmarkTimer = -1;

        private Watch(ResourceKind kind, Selector selector) {
            this.kind = kind;
            this.selector = selector;
        }

        private void begin(HttpServerRequest request) {
            String asked = request.getParam("resourceVersion", "");
            long version = asked.isEmpty() ? 0 : Long.parseLong(asked);
            String defaultTimeout = Long.toString(DEFAULT_WATCH_TIMEOUT.toSeconds());
            long timeoutSeconds = Long.parseLong(request.getParam("timeoutSeconds", defaultTimeout));
            boolean initialEvents =
                    request.getParam("sendInitialEvents", "false").equals("true");
            WatchStream opened = WatchStream.open(request, this::closed);
            stream = opened;
            timeoutTimer = server.after(1_000 * timeoutSeconds, this::end);
            try {
                if (version == 0 || initialEvents) {
                    objects.store(kind).watchFromPresent(this);
                } else {
                    objects.store(kind).watch(version, this);
                }
            } catch (ExpiredException e) {
                opened.send(ApiJson.errorEvent(410, "Expired", String.valueOf(e.getMessage())));
                end();
                return;
            }
            if (initialEvents) {
                opened.send(ApiJson.bookmark(kind, objects.store(kind).version(), true));
            }
            if (request.getParam("allowWatchBookmarks", "false").equals("true")) {
                bookmarkTimer = server.every(
                        bookmarkInterval.toMillis(),
                        () -> opened.send(
                                ApiJson.bookmark(kind, objects.store(kind).version(), false)));
            }
        }

        @Override
        public void changed(Change change) {
            ApiObject before = change.before();
            ApiObject after = change.after();
            boolean seen = before != null && selector.matches(before);
            if (after != null && selector.matches(after)) {
                send(seen ? "MODIFIED" : "ADDED", after, change.version());
            } else if (before != null && seen) {
                send("DELETED", before, change.version());
            }
        }

        private void send(String type, ApiObject object, long version) {
            if (stream != null) {
                stream.send(ApiJson.watchEvent(type, kind, object, version));
            }
        }

        private void end() {
            if (stream != null) {
                stream.close();
            }
        }

        private void closed() {
            objects.store(kind).unwatch(this);
            watches.remove(this);
            server.cancel(timeoutTimer);
            server.cancel(bookmarkTimer);
        }
    }
}
