package io.heapster.sink.influxdb.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server, passes everything on, and answers the next writes itself when told to. */
public final class FaultyFront implements AutoCloseable {
    private record Fault(int status, String retryAfter, String body) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final String behind;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final AtomicInteger writes = new AtomicInteger();

    public FaultyFront(String behind) throws IOException {
        this.behind = behind;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next write like this instead of passing it on. */
    public void failNext(int status, String retryAfter, String body) {
        synchronized (faults) {
            faults.add(new Fault(status, retryAfter, body));
        }
    }

    /** How many writes came, passed on or not. */
    public int writes() {
        return writes.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        URI uri = exchange.getRequestURI();
        if (uri.getPath().contains("/write")) {
            writes.incrementAndGet();
            Fault fault;
            synchronized (faults) {
                fault = faults.poll();
            }
            if (fault != null) {
                if (!fault.retryAfter.isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", fault.retryAfter);
                }
                answer(exchange, fault.status, fault.body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                return;
            }
        }
        passOn(exchange, uri, body);
    }

    private void passOn(HttpExchange exchange, URI uri, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind + uri))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : new String[] {"Content-Encoding", "Content-Type", "Authorization"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers().firstValue("X-Influxdb-Version").ifPresent(version -> exchange.getResponseHeaders()
                    .add("X-Influxdb-Version", version));
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
