package io.heapster.scraper.source.fetch;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SSLOptions;
import java.time.Clock;
import java.time.Duration;

/**
 * Asks by HTTP. An exchange lasts no longer than its own deadline, whatever the other end does; how many are being
 * answered at a time is bounded. Who stays silent for a second gives its place to the next and is waited for without one,
 * so that those who hang hold up nobody.
 */
public final class Exchanges implements AutoCloseable {
    private static final int KEEP_ALIVE_SECONDS = 75;
    private static final int CONNECTIONS_OF_A_NODE = 2;
    /** What is read of a connection at once is handed on at once. */
    private static final int LARGEST_CHUNK = 64 * 1024;

    private final Vertx vertx;
    private final Peers peers;
    private final HttpClient http;
    private final Gate gate;
    private final SpareBytes spareBytes = new SpareBytes();
    private final int bodyLimit;
    private final Clock clock;
    private volatile boolean closed;

    /**
     * @param options what is asked of the other end's certificate, and shown of ours
     * @param concurrency how many may be answering at a time
     * @param bodyLimit most bytes of an answer
     */
    public Exchanges(Vertx vertx, Peers peers, HttpClientOptions options, int concurrency, int bodyLimit, Clock clock) {
        this.vertx = vertx;
        this.peers = peers;
        this.gate = new Gate(concurrency);
        this.bodyLimit = bodyLimit;
        this.clock = clock;
        this.http = vertx.createHttpClient(
                options.setKeepAlive(true)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxChunkSize(LARGEST_CHUNK)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_OF_A_NODE));
    }

    /**
     * Asks once; once more where that may help.
     *
     * @param expectedBytes about how long the answer will be; 0 if nobody knows
     * @return what the reader makes of the answer; or, within the timeout, a failure with a {@code ScrapeException}
     */
    public <T> Future<T> ask(
            Endpoint endpoint, Question question, Duration timeout, int expectedBytes, BodyReader<T> reader) {
        Promise<T> answer = Promise.promise();
        Context context = vertx.getOrCreateContext();
        Exchange<T> exchange = new Exchange<>(
                this, context, endpoint, question, Math.max(1, timeout.toMillis()), expectedBytes, reader, answer);
        context.runOnContext(ignored -> exchange.start());
        return answer.future();
    }

    /** Connections that are made from now on use these options. */
    public Future<Boolean> use(SSLOptions options) {
        return http.updateSSLOptions(options);
    }

    /** How many are being answered that hold one of the places. */
    public int inFlight() {
        return gate.taken();
    }

    /** How many are asked when a place is free. */
    public int waiting() {
        return gate.waiting();
    }

    Vertx vertx() {
        return vertx;
    }

    SpareBytes spareBytes() {
        return spareBytes;
    }

    Peers peers() {
        return peers;
    }

    HttpClient http() {
        return http;
    }

    Gate gate() {
        return gate;
    }

    int bodyLimit() {
        return bodyLimit;
    }

    Clock clock() {
        return clock;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }
}
