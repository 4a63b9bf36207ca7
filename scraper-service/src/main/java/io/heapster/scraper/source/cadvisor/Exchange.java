package io.heapster.scraper.source.cadvisor;

import io.heapster.scraper.source.ClockSkew;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.netty.channel.ConnectTimeoutException;
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
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One question, from connecting to the answer or the deadline. Everything happens on one context, so nothing is locked. */
final class Exchange<T> {
    private static final int REFUSAL_LIMIT = 4 * 1024;
    private static final int FIRST_CAPACITY = 16 * 1024;
    private static final int MAX_TEXT = 200;
    /** A connection that was kept may have been closed by the other end meanwhile. */
    private static final int ATTEMPTS = 2;

    private final HttpExchanges exchanges;
    private final Endpoint endpoint;
    private final Question question;
    private final long timeoutMillis;
    private final int expectedBytes;
    private final AnswerReader<T> reader;
    private final Promise<T> answer;

    private long timer;
    private int attempt;
    private long askedMillis;
    private long skewMillis = ClockSkew.UNKNOWN;
    private boolean done;
    private String phase = "connecting";
    private @Nullable HttpClientRequest request;
    private byte[] body = new byte[0];
    private int length;

    Exchange(
            HttpExchanges exchanges,
            Endpoint endpoint,
            Question question,
            long timeoutMillis,
            int expectedBytes,
            AnswerReader<T> reader,
            Promise<T> answer) {
        this.exchanges = exchanges;
        this.endpoint = endpoint;
        this.question = question;
        this.timeoutMillis = timeoutMillis;
        this.expectedBytes = expectedBytes;
        this.reader = reader;
        this.answer = answer;
    }

    void start() {
        timer = exchanges
                .vertx()
                .setTimer(
                        timeoutMillis,
                        id -> fail(new ScrapeException(
                                Reason.TIMEOUT,
                                endpoint + " gave no answer within " + timeoutMillis + " ms (" + phase + ")",
                                null)));
        ask();
    }

    private void ask() {
        if (exchanges.closed()) {
            fail(new ScrapeException(Reason.INTERNAL, endpoint + " is not asked: the source is closed", null));
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
        Buffer posted = question.body();
        RequestOptions options = new RequestOptions()
                .setMethod(posted == null ? HttpMethod.GET : HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host()))
                .setHost(endpoint.hostInUrl())
                .setPort(endpoint.port())
                .setSsl(endpoint.https())
                .setURI(question.path())
                .setConnectTimeout(timeoutMillis)
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.ACCEPT, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "heapster");
        if (posted != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
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
        boolean ok = response.statusCode() == 200;
        int limit = ok ? exchanges.bodyLimit() : REFUSAL_LIMIT;
        body = new byte[Math.min(limit, (ok ? expectedBytes + expectedBytes / 8 : 0) + FIRST_CAPACITY)];
        length = 0;
        skewMillis = ClockSkew.millis(
                response.getHeader(HttpHeaders.DATE),
                askedMillis,
                exchanges.clock().millis());
        response.exceptionHandler(this::broken);
        response.handler(chunk -> receive(chunk, ok, limit));
        response.endHandler(ignored -> {
            if (done) {
                return;
            }
            if (ok) {
                read();
            } else {
                refused(response.statusCode());
            }
        });
    }

    private void receive(Buffer chunk, boolean ok, int limit) {
        if (done) {
            return;
        }
        if (chunk.length() > limit - length) {
            if (ok) {
                exchanges.bodyOverLimit();
                fail(new ScrapeException(
                        Reason.TOO_LARGE,
                        endpoint + " answers with more than " + limit + " bytes (cadvisorBodyLimit)",
                        null));
            }
            return;
        }
        int needed = length + chunk.length();
        if (needed > body.length) {
            body = Arrays.copyOf(body, (int) Math.min(limit, Math.max(needed, 2L * body.length)));
        }
        chunk.getBytes(body, length);
        length = needed;
    }

    private void read() {
        try {
            T value = reader.read(body, length, skewMillis);
            finish();
            answer.complete(value);
        } catch (ScrapeException e) {
            fail(new ScrapeException(e.reason(), endpoint + question.path() + ": " + e.getMessage(), e));
        } catch (RuntimeException e) {
            // an answer must not leave anybody waiting, whatever the reader made of it
            fail(new ScrapeException(Reason.INTERNAL, endpoint + question.path() + ": " + e, e));
        }
    }

    private void refused(int status) {
        String text = new String(body, 0, length, StandardCharsets.UTF_8);
        String said = endpoint + question.path() + " answers " + status + (text.isBlank() ? "" : " " + oneLine(text));
        Reason reason =
                switch (status) {
                    case 401 -> Reason.UNAUTHORIZED;
                    case 403 -> Reason.FORBIDDEN;
                    default -> Reason.HTTP;
                };
        fail(new RefusedException(
                reason,
                status,
                text,
                status == 401 ? said + "; let it answer without a password (no http_auth_file)" : said));
    }

    private void broken(Throwable cause) {
        if (done) {
            return;
        }
        request = null;
        String said = oneLine(String.valueOf(cause.getMessage()));
        if (cause instanceof TimeoutException || cause instanceof ConnectTimeoutException) {
            fail(new ScrapeException(Reason.TIMEOUT, endpoint + " cannot be connected to in time", cause));
        } else if (cause instanceof SSLException) {
            fail(new ScrapeException(Reason.TLS, endpoint + ": " + said, cause));
        } else if (attempt < ATTEMPTS) {
            ask();
        } else {
            fail(new ScrapeException(Reason.CONNECT, endpoint + " cannot be read: " + said, cause));
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
        exchanges.vertx().cancelTimer(timer);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
