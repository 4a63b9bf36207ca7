package io.heapster.scraper.source.kubernetes.fetch;

import io.heapster.scraper.source.kubernetes.connection.Credentials;
import io.heapster.scraper.source.kubernetes.connection.FreshCredentials;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Asks kubelets. A request lasts no longer than its own deadline, whatever the other end does; how many are being
 * answered at a time is bounded. A kubelet that stays silent for a second gives its place to the next and is waited for
 * without one, so that hanging nodes hold up nobody.
 */
public final class KubeletClient implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KubeletClient.class);
    private static final long REREAD_MILLIS = TimeUnit.SECONDS.toMillis(45);
    private static final int KEEP_ALIVE_SECONDS = 75;
    private static final int CONNECTIONS_OF_A_NODE = 2;
    /** What is read of a connection at once is handed on at once. */
    private static final int LARGEST_CHUNK = 64 * 1024;

    private final Vertx vertx;
    private final FreshCredentials credentials;
    private final KubeletTls tls;
    private final HttpClient http;
    private final Gate gate;
    private final int bodyLimit;
    private final Counter bodiesOverLimit;
    private final Clock clock;
    private final long timer;
    private volatile boolean closed;

    /**
     * @param concurrency how many kubelets may be answering at a time
     * @param bodyLimit most bytes of an answer
     */
    public KubeletClient(
            Vertx vertx,
            FreshCredentials credentials,
            KubeletTls tls,
            int concurrency,
            int bodyLimit,
            MeterRegistry registry,
            Clock clock,
            String cluster) {
        this.vertx = vertx;
        this.credentials = credentials;
        this.tls = tls;
        this.gate = new Gate(concurrency);
        this.bodyLimit = bodyLimit;
        this.clock = clock;
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxChunkSize(LARGEST_CHUNK)
                .setDecompressionSupported(false);
        tls.applyTo(options, credentials.current());
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_OF_A_NODE));
        this.timer = vertx.setPeriodic(REREAD_MILLIS, id -> reread());
        Tags tags = Tags.of("cluster", cluster);
        Gauge.builder("heapster.kubelet.requests.in.flight", gate, Gate::taken)
                .description("Kubelets being asked that hold one of the places")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("heapster.kubelet.requests.waiting", gate, Gate::waiting)
                .description("Kubelets to be asked when a place is free")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        bodiesOverLimit = Counter.builder("heapster.kubelet.bodies.over.limit")
                .description("Answers of kubelets that were cut off for their length")
                .tags(tags)
                .register(registry);
        Gauge.builder("heapster.kubelet.tls.verified", tls, given -> given.insecure() ? 0 : 1)
                .description("0 when certificates of kubelets are not verified")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /**
     * Asks a kubelet.
     *
     * @param expectedBytes about how long the answer will be; 0 if nobody knows
     * @return what the reader makes of the answer; or, within the timeout, a failure with a {@code ScrapeException}
     */
    public <T> Future<T> ask(
            KubeletEndpoint kubelet,
            KubeletRequest question,
            Duration timeout,
            int expectedBytes,
            BodyReader<T> reader) {
        Promise<T> answer = Promise.promise();
        Context context = vertx.getOrCreateContext();
        Exchange<T> exchange = new Exchange<>(
                this, context, kubelet, question, Math.max(1, timeout.toMillis()), expectedBytes, reader, answer);
        context.runOnContext(ignored -> exchange.start());
        return answer.future();
    }

    Vertx vertx() {
        return vertx;
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

    void bodyOverLimit() {
        bodiesOverLimit.increment();
    }

    Clock clock() {
        return clock;
    }

    boolean closed() {
        return closed;
    }

    String token() {
        return credentials.current().token();
    }

    /** Reads the credentials again, off the event loop; the result is whether they are others than before. */
    Future<Boolean> reread() {
        Credentials before = credentials.current();
        return vertx.executeBlocking(credentials::reread, false).compose(now -> {
            if (now.clientCertificate().equals(before.clientCertificate())
                    && now.clientKey().equals(before.clientKey())) {
                return Future.succeededFuture(!now.equals(before));
            }
            return http.updateSSLOptions(tls.with(now))
                    .onFailure(e -> LOG.warnf("the new client certificate cannot be used: %s", e.getMessage()))
                    .map(true);
        });
    }

    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(timer);
        http.close();
    }
}
