package io.heapster.scraper.source.cadvisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A cAdvisor, a fleet or an etcd: answers by path, and what it does not have as the real one would. */
final class FakeServer {
    private final HttpServer server;
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<HttpServerRequest, String> missing =
            (request, path) -> request.response().setStatusCode(404).end("404 page not found\n");

    FakeServer(Vertx vertx, String address, int port) {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(port, address)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void answer(HttpServerRequest request, Buffer body) {
        asked.add(request.method() + " " + request.uri() + (body.length() == 0 ? "" : " " + body));
        byte[] answer = answers.get(request.uri());
        if (answer == null) {
            missing.accept(request, request.uri());
        } else {
            request.response()
                    .putHeader("Date", "Sat, 21 Nov 2026 10:00:11 GMT")
                    .end(Buffer.buffer(answer));
        }
    }

    int port() {
        return server.actualPort();
    }

    List<String> asked() {
        return asked;
    }

    FakeServer serve(String uri, byte[] answer) {
        answers.put(uri, answer);
        return this;
    }

    FakeServer serve(String uri, String answer) {
        return serve(uri, answer.getBytes(UTF_8));
    }

    /** Serves nothing any more. */
    void forget() {
        answers.clear();
    }

    FakeServer otherwise(BiConsumer<HttpServerRequest, String> reaction) {
        missing = reaction;
        return this;
    }

    /** Of a version it does not have, cAdvisor says so with status 500. */
    private void asCadvisor() {
        otherwise((request, path) ->
                request.response().setStatusCode(500).end("unsupported API version \"" + path.split("/")[2] + "\"\n"));
    }

    FakeServer cadvisor13() {
        asCadvisor();
        return serve("/api/v1.3/subcontainers/", Documents.read(Documents.SUBCONTAINERS))
                .serve("/api/v1.3/machine", Documents.read(Documents.MACHINE));
    }

    FakeServer cadvisor21() {
        asCadvisor();
        return serve("/api/v2.1/spec/?type=name", Documents.read(Documents.SPEC))
                .serve("/api/v2.1/machinestats?count=1", Documents.read(Documents.MACHINE_STATS))
                .serve("/api/v2.1/stats/?type=name&recursive=true&count=1", Documents.read(Documents.STATS))
                .serve("/api/v2.1/machine", Documents.read(Documents.MACHINE));
    }

    void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
