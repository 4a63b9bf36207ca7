package io.heapster.scraper.source.kubernetes.fetch;

import io.heapster.scraper.source.fetch.BodyReader;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Exchanges;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.kubernetes.connection.Credentials;
import io.heapster.scraper.source.kubernetes.connection.FreshCredentials;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Asks kubelets, with credentials that are read again before they are too old. */
public final class KubeletClient implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KubeletClient.class);
    private static final long REREAD_MILLIS = TimeUnit.SECONDS.toMillis(45);

    private final Vertx vertx;
    private final FreshCredentials credentials;
    private final KubeletTls tls;
    private final Exchanges exchanges;
    private final long timer;

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
        Tags tags = Tags.of("cluster", cluster);
        Counter bodiesOverLimit = Counter.builder("heapster.kubelet.bodies.over.limit")
                .description("Answers of kubelets that were cut off for their length")
                .tags(tags)
                .register(registry);
        HttpClientOptions options = new HttpClientOptions();
        tls.applyTo(options, credentials.current());
        this.exchanges = new Exchanges(
                vertx,
                new KubeletPeers(() -> credentials.current().token(), this::reread, bodiesOverLimit),
                options,
                concurrency,
                bodyLimit,
                clock);
        this.timer = vertx.setPeriodic(REREAD_MILLIS, id -> reread());
        Gauge.builder("heapster.kubelet.requests.in.flight", exchanges, Exchanges::inFlight)
                .description("Kubelets being asked that hold one of the places")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("heapster.kubelet.requests.waiting", exchanges, Exchanges::waiting)
                .description("Kubelets to be asked when a place is free")
                .tags(tags)
                .strongReference(true)
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
            Endpoint kubelet, Question question, Duration timeout, int expectedBytes, BodyReader<T> reader) {
        return exchanges.ask(kubelet, question, timeout, expectedBytes, reader);
    }

    /** Reads the credentials again, off the event loop; the result is whether they are others than before. */
    Future<Boolean> reread() {
        Credentials before = credentials.current();
        return vertx.executeBlocking(credentials::reread, false).compose(now -> {
            if (now.clientCertificate().equals(before.clientCertificate())
                    && now.clientKey().equals(before.clientKey())) {
                return Future.succeededFuture(!now.equals(before));
            }
            return exchanges
                    .use(tls.with(now))
                    .onFailure(e -> LOG.warnf("the new client certificate cannot be used: %s", e.getMessage()))
                    .map(true);
        });
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        exchanges.close();
    }
}
