package io.heapster.scraper.source.cadvisor;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Clock;
import java.time.Duration;

/** Asks by HTTP. An exchange lasts no longer than its own deadline, whatever the other end does. */
final class HttpExchanges implements AutoCloseable {
    private static final int KEEP_ALIVE_SECONDS = 75;
    private static final int CONNECTIONS_OF_A_HOST = 2;

    private final Vertx vertx;
    private final HttpClient http;
    private final Clock clock;
    private final int bodyLimit;
    private final Runnable bodyOverLimit;
    private volatile boolean closed;

    /**
     * @param bodyLimit most bytes of an answer
     * @param bodyOverLimit told of each answer that was longer
     */
    HttpExchanges(Vertx vertx, Clock clock, int bodyLimit, Runnable bodyOverLimit) {
        this.vertx = vertx;
        this.clock = clock;
        this.bodyLimit = bodyLimit;
        this.bodyOverLimit = bodyOverLimit;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_OF_A_HOST));
    }

    /**
     * Asks once.
     *
     * @param expectedBytes about how long the answer will be; 0 if nobody knows
     * @return what the reader makes of the answer; or, within the timeout, a failure with a {@code ScrapeException}
     */
    <T> Future<T> ask(
            Endpoint endpoint, Question question, Duration timeout, int expectedBytes, AnswerReader<T> reader) {
        Promise<T> answer = Promise.promise();
        Context context = vertx.getOrCreateContext();
        Exchange<T> exchange = new Exchange<>(
                this, endpoint, question, Math.max(1, timeout.toMillis()), expectedBytes, reader, answer);
        context.runOnContext(ignored -> exchange.start());
        return answer.future();
    }

    Vertx vertx() {
        return vertx;
    }

    HttpClient http() {
        return http;
    }

    Clock clock() {
        return clock;
    }

    int bodyLimit() {
        return bodyLimit;
    }

    boolean closed() {
        return closed;
    }

    void bodyOverLimit() {
        bodyOverLimit.run();
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }
}
