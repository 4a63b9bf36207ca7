package io.heapster.scraper.source.kubernetes.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The events of an API server with versions: lists pages of one version, watches from a version, 410 once compacted. */
public final class FakeEventApi implements AutoCloseable {

    /** One version of an event. */
    public record Version(String uid, long resourceVersion) {}

    private record Change(String type, long version, JsonObject event) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, JsonObject> events = new TreeMap<>();
    private final Map<String, List<JsonObject>> snapshots = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Version> written = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private long version = 100;
    private long compacted;
    private int generation;
    private int watching;
    private int status = 200;
    private boolean closed;

    public FakeEventApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/events", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Creates the event or changes it. */
    public Version put(String name) {
        return put(name, "it happened");
    }

    public synchronized Version put(String name, String message) {
        version++;
        JsonObject known = events.get(name);
        int count = known == null ? 1 : known.getInteger("count") + 1;
        String now =
                Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        JsonObject event = new JsonObject()
                .put("apiVersion", "v1")
                .put("kind", "Event")
                .put(
                        "metadata",
                        new JsonObject()
                                .put("name", name)
                                .put("namespace", "shop")
                                .put("uid", "uid-" + name)
                                .put("resourceVersion", Long.toString(version))
                                .put("creationTimestamp", now))
                .put(
                        "involvedObject",
                        new JsonObject()
                                .put("kind", "Pod")
                                .put("namespace", "shop")
                                .put("name", "pod-of-" + name))
                .put("reason", "BackOff")
                .put("message", message)
                .put("source", new JsonObject().put("component", "kubelet").put("host", "node-1"))
                .put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", count)
                .put("type", "Warning");
        events.put(name, event);
        Version put = new Version("uid-" + name, version);
        written.add(put);
        changed(known == null ? "ADDED" : "MODIFIED", event);
        return put;
    }

    public synchronized void delete(String name) {
        version++;
        JsonObject event = Objects.requireNonNull(events.remove(name)).copy();
        event.getJsonObject("metadata").put("resourceVersion", Long.toString(version));
        changed("DELETED", event);
    }

    /** An event that lacks what every event has. */
    public synchronized void putWithoutUid() {
        version++;
        changed(
                "ADDED",
                new JsonObject()
                        .put("apiVersion", "v1")
                        .put("kind", "Event")
                        .put("metadata", new JsonObject().put("resourceVersion", Long.toString(version))));
    }

    private void changed(String type, JsonObject event) {
        changes.add(new Change(type, version, event));
        notifyAll();
    }

    /** Everything that was ever put, in order. */
    public synchronized List<Version> written() {
        return List.copyOf(written);
    }

    public synchronized int watching() {
        return watching;
    }

    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Cuts the connections of all watches. */
    public synchronized void breakWatches() {
        generation++;
        notifyAll();
    }

    /** Watches from before now are gone from now on; those that run are ended so. */
    public synchronized void compact() {
        version++;
        compacted = version;
        changes.clear();
        generation++;
        notifyAll();
    }

    /** Another cluster in this one's place: its versions begin anew. */
    public synchronized void rebuild() {
        version = 10;
        compacted = 0;
        changes.clear();
        events.clear();
        generation++;
        notifyAll();
    }

    /** What every request is answered with; 200 is what was asked for. */
    public synchronized void answer(int newStatus) {
        status = newStatus;
        generation++;
        notifyAll();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getQuery());
        synchronized (this) {
            requests.add(String.valueOf(exchange.getRequestURI().getQuery()));
            if (status != 200) {
                send(exchange, status, failure(status, status == 403 ? "Forbidden" : "InternalError"));
                return;
            }
        }
        if ("true".equals(query.get("watch"))) {
            watch(
                    exchange,
                    Long.parseLong(query.getOrDefault("resourceVersion", "0")),
                    TimeUnit.SECONDS.toNanos(Long.parseLong(query.getOrDefault("timeoutSeconds", "1800"))));
        } else {
            send(exchange, 200, list(query));
        }
    }

    private synchronized JsonObject list(Map<String, String> query) {
        String token = query.getOrDefault("continue", "");
        List<JsonObject> all;
        int from = 0;
        long shown = version;
        if (token.isEmpty()) {
            all = new ArrayList<>(events.values());
        } else {
            String[] parts = token.split("-", -1);
            all = Objects.requireNonNull(snapshots.get(parts[0]));
            shown = Long.parseLong(parts[0]);
            from = Integer.parseInt(parts[1]);
        }
        snapshots.put(Long.toString(shown), all);
        // Smaller pages than asked for, as a server may give.
        int to = Math.min(all.size(), from + Math.min(3, Integer.parseInt(query.getOrDefault("limit", "500"))));
        JsonObject metadata = new JsonObject().put("resourceVersion", Long.toString(shown));
        if (to < all.size()) {
            metadata.put("continue", shown + "-" + to);
        }
        return new JsonObject()
                .put("kind", "EventList")
                .put("apiVersion", "v1")
                .put("metadata", metadata)
                .put("items", new JsonArray(all.subList(from, to)));
    }

    private void watch(HttpExchange exchange, long after, long lastsNanos) throws IOException {
        long endNanos = System.nanoTime() + lastsNanos;
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        int born;
        long position = after;
        synchronized (this) {
            born = generation;
            watching++;
        }
        try {
            if (after < compactedVersion()) {
                line(exchange, "ERROR", failure(410, "Expired"));
                exchange.getResponseBody().close();
                return;
            }
            while (true) {
                List<Change> due = due(position, born, endNanos);
                if (due.isEmpty()) {
                    // Closing the exchange with its body unfinished cuts the connection.
                    exchange.close();
                    return;
                }
                for (Change change : due) {
                    line(exchange, change.type, change.event);
                    position = change.version;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                watching--;
            }
        }
    }

    private synchronized long compactedVersion() {
        return compacted;
    }

    /** The changes after a version, waited for; none when the watch has to end. */
    private synchronized List<Change> due(long position, int born, long endNanos) throws InterruptedException {
        while (true) {
            List<Change> due =
                    changes.stream().filter(change -> change.version > position).toList();
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (!due.isEmpty() || generation != born || closed || leftMillis <= 0) {
                return due;
            }
            wait(leftMillis);
        }
    }

    /** Tells all watches a version at which nothing happened to events. */
    public synchronized void bookmark() {
        version++;
        changed(
                "BOOKMARK",
                new JsonObject()
                        .put("kind", "Event")
                        .put("apiVersion", "v1")
                        .put("metadata", new JsonObject().put("resourceVersion", Long.toString(version))));
    }

    private static void line(HttpExchange exchange, String type, JsonObject object) throws IOException {
        exchange.getResponseBody()
                .write((new JsonObject().put("type", type).put("object", object).encode() + "\n").getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }

    private static JsonObject failure(int code, String reason) {
        return new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", reason)
                .put("code", code)
                .put("message", reason + ": as the test wants it");
    }

    private static void send(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = body.toBuffer().getBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : (text == null ? "" : text).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return query;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
