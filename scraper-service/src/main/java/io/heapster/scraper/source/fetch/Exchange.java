package io.heapster.scraper.source.fetch;

import io.heapster.scraper.source.ClockSkew;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One question, from waiting for a place to the answer or the deadline. Everything happens on one context, so nothing is
 * locked.
 */
final class Exchange<T> {
    /** How long who is silent holds a place. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final int REFUSAL_LIMIT = 4 * 1024;
    /** A connection that was kept may have been closed by the other end meanwhile. */
    private static final int ATTEMPTS = 2;

    private final Exchanges exchanges;
    private final Context context;
    private final Endpoint endpoint;
    private final Question question;
    private final long timeoutMillis;
    private final int expectedBytes;
    private final BodyReader<T> reader;
    private final Promise<T> answer;

    private final long startNanos = System.nanoTime();
    private long deadlineTimer;
    private long patienceTimer = -1;
    private int attempt;
    private boolean holdsPlace;
    private boolean done;
    private long askedMillis;
    private long skewMillis = ClockSkew.UNKNOWN;
    private String phase = "waiting for its turn";
    private @Nullable HttpClientRequest request;

    Exchange(
            Exchanges exchanges,
            Context context,
            Endpoint endpoint,
            Question question,
            long timeoutMillis,
            int expectedBytes,
            BodyReader<T> reader,
            Promise<T> answer) {
        this.exchanges = exchanges;
        this.context = context;
        this.endpoint = endpoint;
        this.question = question;
        this.timeoutMillis = timeoutMillis;
        this.expectedBytes = expectedBytes;
        this.reader = reader;
        this.answer = answer;
    }

    void start() {
        long left = timeoutMillis - (System.nanoTime() - startNanos) / 1_000_000;
        deadlineTimer = exchanges
                .vertx()
                .setTimer(Math.max(1, left), id -> fail(Failures.timeout(endpoint, timeoutMillis, phase)));
        exchanges.gate().enter(() -> context.runOnContext(ignored -> admitted()));
    }

    private void admitted() {
        holdsPlace = true;
        if (done) {
            leave();
            return;
        }
        patienceTimer = exchanges.vertx().setTimer(PATIENCE_MILLIS, id -> leave());
        ask();
    }

    private void ask() {
        if (exchanges.closed()) {
            fail(Failures.closed(endpoint));
            return;
        }
        try {
            request();
        } catch (IllegalArgumentException | IllegalStateException e) {
            // an address that is none must not leave anybody waiting
            fail(new ScrapeException(Reason.CONNECT, endpoint + " cannot be asked: " + e.getMessage(), e));
        }
    }

    private void request() {
        attempt++;
        phase = "connecting";
        RequestOptions options = new RequestOptions()
                .setMethod(question.body() == null ? HttpMethod.GET : HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.address()))
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.https())
                .setURI(question.path())
                .setConnectTimeout(timeoutMillis)
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.ACCEPT, question.accept())
                .putHeader(HttpHeaders.USER_AGENT, "heapster");
        Buffer posted = question.body();
        if (posted != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        String token = exchanges.peers().token();
        if (!token.isEmpty() && endpoint.https()) {
            options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
        exchanges.http().request(options).onSuccess(this::connected).onFailure(this::broken);
    }

    private void connected(HttpClientRequest connected) {
        if (done) {
            connected.reset();
            return;
        }
        request = connected;
        phase = "waiting for the answer";
        askedMillis = exchanges.clock().millis();
        Buffer posted = question.body();
        Future<HttpClientResponse> answered = posted == null ? connected.send() : connected.send(posted);
        answered.onSuccess(this::answered).onFailure(this::broken);
    }

    private void answered(HttpClientResponse response) {
        if (done) {
            return;
        }
        phase = "receiving the answer";
        exchanges.vertx().cancelTimer(patienceTimer);
        boolean ok = response.statusCode() == 200;
        int limit = ok ? exchanges.bodyLimit() : REFUSAL_LIMIT;
        skewMillis = ClockSkew.millis(
                response.getHeader(HttpHeaders.DATE),
                askedMillis,
                exchanges.clock().millis());
        Body body = new Body(ok ? expectedBytes : 0, limit, exchanges.spareBytes());
        response.exceptionHandler(this::broken);
        response.handler(chunk -> receive(body, chunk, ok, limit));
        response.endHandler(ignored -> {
            if (ok) {
                read(body);
            } else {
                refused(response.statusCode(), body);
            }
        });
    }

    private void receive(Body body, Buffer chunk, boolean ok, int limit) {
        if (!done && !body.append(chunk) && ok) {
            exchanges.peers().bodyOverLimit();
            fail(Failures.tooLarge(endpoint, limit, exchanges.peers().bodyLimitOption()));
        }
    }

    private void read(Body body) {
        if (done) {
            return;
        }
        try {
            T value = reader.read(body.bytes(), body.length(), skewMillis);
            body.release();
            finish();
            answer.complete(value);
        } catch (ScrapeException e) {
            fail(Failures.unread(endpoint, question, e));
        } catch (RuntimeException e) {
            // an answer must not leave anybody waiting, whatever the reader made of it
            fail(Failures.unread(endpoint, question, e));
        }
    }

    private void refused(int status, Body body) {
        if (done) {
            return;
        }
        request = null;
        RefusedException refusal = Failures.status(
                exchanges.peers(),
                endpoint,
                question,
                status,
                new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8));
        if (attempt == ATTEMPTS) {
            fail(refusal);
            return;
        }
        exchanges
                .peers()
                .mayAskAgain(status)
                .onComplete(again -> context.runOnContext(ignored -> {
                    if (done) {
                        return;
                    }
                    if (again.succeeded() && again.result()) {
                        ask();
                    } else {
                        fail(refusal);
                    }
                }));
    }

    private void broken(Throwable cause) {
        if (done) {
            return;
        }
        request = null;
        ScrapeException failure = Failures.connection(exchanges.peers(), endpoint, cause);
        if (failure.reason() == Reason.CONNECT && attempt < ATTEMPTS) {
            ask();
        } else {
            fail(failure);
        }
    }

    private void fail(ScrapeException failure) {
        if (done) {
            return;
        }
        finish();
        if (request != null) {
            request.reset();
        }
        answer.fail(failure);
    }

    private void finish() {
        done = true;
        exchanges.vertx().cancelTimer(deadlineTimer);
        exchanges.vertx().cancelTimer(patienceTimer);
        leave();
    }

    private void leave() {
        if (holdsPlace) {
            holdsPlace = false;
            exchanges.gate().leave();
        }
    }
}
