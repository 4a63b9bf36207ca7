package io.heapster.benchmark.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as an InfluxDB 1.x that takes everything, and only counts bytes: so that the sink alone is measured. */
final class TakingServer implements AutoCloseable {
    private static final byte[] DONE = "{\"results\":[{\"statement_id\":0}]}".getBytes(UTF_8);

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean away;

    TakingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether it answers 503 to everything. */
    void away(boolean now) {
        away = now;
    }

    long bytes() {
        return bytes.get();
    }

    long requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            byte[] part = new byte[1 << 16];
            long taken = 0;
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                taken += read;
            }
            exchange.getResponseHeaders().set("X-Influxdb-Version", "1.8.10");
            if (away) {
                exchange.sendResponseHeaders(503, -1);
            } else if (exchange.getRequestURI().getPath().equals("/query")) {
                exchange.sendResponseHeaders(200, DONE.length);
                exchange.getResponseBody().write(DONE);
            } else {
                bytes.addAndGet(taken);
                requests.incrementAndGet();
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
