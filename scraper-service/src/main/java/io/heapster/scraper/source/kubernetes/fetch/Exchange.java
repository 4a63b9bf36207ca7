package io.heapster.scraper.source.kubernetes.fetch;

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
 * One question to one kubelet, from waiting for a place to the answer or the deadline. Everything happens on one
 * context, so nothing is locked.
 */
final class Exchange<T> {
    /** How long a silent kubelet holds a place. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final int REFUSAL_LIMIT = 4 * 1024;
    private static final int ATTEMPTS = 2;

    private final KubeletClient client;
    private final Context context;
    private final KubeletEndpoint kubelet;
    private final KubeletRequest question;
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
            KubeletClient client,
            Context context,
            KubeletEndpoint kubelet,
            KubeletRequest question,
            long timeoutMillis,
            int expectedBytes,
            BodyReader<T> reader,
            Promise<T> answer) {
        this.client = client;
        this.context = context;
        this.kubelet = kubelet;
        this.question = question;
        this.timeoutMillis = timeoutMillis;
        this.expectedBytes = expectedBytes;
        this.reader = reader;
        this.answer = answer;
    }

    void start() {
        long left = timeoutMillis - (System.nanoTime() - startNanos) / 1_000_000;
        deadlineTimer =
                client.vertx().setTimer(Math.max(1, left), id -> fail(Failures.timeout(kubelet, timeoutMillis, phase)));
        client.gate().enter(() -> context.runOnContext(ignored -> admitted()));
    }

    private void admitted() {
        holdsPlace = true;
        if (done) {
            leave();
            return;
        }
        patienceTimer = client.vertx().setTimer(PATIENCE_MILLIS, id -> leave());
        ask();
    }

    private void ask() {
        if (client.closed()) {
            fail(new ScrapeException(Reason.INTERNAL, kubelet + " is not asked: the source is closed", null));
            return;
        }
        attempt++;
        phase = "connecting";
        RequestOptions options = new RequestOptions()
                .setMethod(question.body() == null ? HttpMethod.GET : HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(kubelet.port(), kubelet.address()))
                .setHost(kubelet.host())
                .setPort(kubelet.port())
                .setSsl(kubelet.https())
                .setURI(question.path())
                .setConnectTimeout(timeoutMillis)
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.ACCEPT, question.accept())
                .putHeader(HttpHeaders.USER_AGENT, "heapster");
        Buffer body = question.body();
        if (body != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        String token = client.token();
        if (!token.isEmpty() && kubelet.https()) {
            options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
        client.http().request(options).onSuccess(this::connected).onFailure(this::broken);
    }

    private void connected(HttpClientRequest connected) {
        if (done) {
            connected.reset();
            return;
        }
        request = connected;
        phase = "waiting for the answer";
        askedMillis = client.clock().millis();
        Buffer body = question.body();
        Future<HttpClientResponse> answered = body == null ? connected.send() : connected.send(body);
        answered.onSuccess(this::answered).onFailure(this::broken);
    }

    private void answered(HttpClientResponse response) {
        if (done) {
            return;
        }
        phase = "receiving the answer";
        client.vertx().cancelTimer(patienceTimer);
        boolean ok = response.statusCode() == 200;
        int limit = ok ? client.bodyLimit() : REFUSAL_LIMIT;
        skewMillis = ClockSkew.millis(
                response.getHeader(HttpHeaders.DATE),
                askedMillis,
                client.clock().millis());
        Body body = new Body(ok ? expectedBytes : 0, limit);
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
            client.bodyOverLimit();
            fail(Failures.tooLarge(kubelet, limit));
        }
    }

    private void read(Body body) {
        if (done) {
            return;
        }
        try {
            T value = reader.read(body.bytes(), body.length(), skewMillis);
            finish();
            answer.complete(value);
        } catch (ScrapeException e) {
            fail(new ScrapeException(e.reason(), kubelet + ": " + e.getMessage(), e));
        } catch (RuntimeException e) {
            // an answer must not leave anybody waiting, whatever the reader made of it
            fail(new ScrapeException(Reason.INTERNAL, kubelet + ": " + e, e));
        }
    }

    private void refused(int status, Body body) {
        if (done) {
            return;
        }
        request = null;
        ScrapeException refusal = Failures.status(
                kubelet, question, status, new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8));
        if (attempt == ATTEMPTS) {
            fail(refusal);
        } else if (status == 500) {
            ask();
        } else if (status == 401) {
            client.reread()
                    .onComplete(others -> context.runOnContext(ignored -> {
                        if (done) {
                            return;
                        }
                        if (others.succeeded() && others.result()) {
                            ask();
                        } else {
                            fail(refusal);
                        }
                    }));
        } else {
            fail(refusal);
        }
    }

    private void broken(Throwable cause) {
        if (done) {
            return;
        }
        request = null;
        ScrapeException failure = Failures.connection(kubelet, cause);
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
        client.vertx().cancelTimer(deadlineTimer);
        client.vertx().cancelTimer(patienceTimer);
        leave();
    }

    private void leave() {
        if (holdsPlace) {
            holdsPlace = false;
            client.gate().leave();
        }
    }
}
