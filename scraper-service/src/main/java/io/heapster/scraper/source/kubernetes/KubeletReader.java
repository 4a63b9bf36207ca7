package io.heapster.scraper.source.kubernetes;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.ClockSkew;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.fetch.RefusedException;
import io.heapster.scraper.source.kubernetes.discovery.KnownNode;
import io.heapster.scraper.source.kubernetes.fetch.KubeletClient;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads nodes from their kubelets: asks for a document, and where it is refused for the one in its place. */
final class KubeletReader {
    private static final Logger LOG = Logger.getLogger(KubeletReader.class);
    private static final long RECENT_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final Question CONTAINERS =
            Question.post("/stats/container/", "{\"containerName\":\"/\",\"subcontainers\":true,\"num_stats\":1}");
    private static final Question SUMMARY = Question.get("/stats/summary");
    private static final Question RESOURCE = Question.metrics("/metrics/resource");

    private final KubeletClient kubelets;
    private final DocumentMeters meters;
    private final Clock clock;
    /** One for each event loop. */
    private final ThreadLocal<Decoders> decoders = ThreadLocal.withInitial(Decoders::new);

    KubeletReader(KubeletClient kubelets, DocumentMeters meters, Clock clock) {
        this.kubelets = kubelets;
        this.meters = meters;
        this.clock = clock;
    }

    /** What is known of a kubelet from one reading to the next. */
    static final class Memory {
        private final ServedDocument document;
        /** Length of the last answer, which the next one resembles. */
        private volatile int lastLength;

        private volatile long lastReadMillis;

        Memory(KubeletDocument wanted) {
            document = new ServedDocument(wanted);
        }
    }

    /** The document a node is read by; null when it was not read lately, or is read by another process. */
    @Nullable
    KubeletDocument documentOf(Memory memory) {
        return clock.millis() - memory.lastReadMillis < RECENT_MILLIS ? memory.document.last() : null;
    }

    Future<Reading> read(KnownNode node, Endpoint kubelet, Memory memory, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        KubeletDocument first = memory.document.at(node.incarnation(), clock.millis());
        return read(new Order(node, kubelet, memory, deadline), first);
    }

    void close() {
        kubelets.close();
    }

    private record Order(KnownNode node, Endpoint kubelet, Memory memory, long deadlineNanos) {}

    private Future<Reading> read(Order order, KubeletDocument document) {
        Memory memory = order.memory();
        return ask(order, document)
                .onSuccess(ignored -> {
                    memory.lastReadMillis = clock.millis();
                    memory.document.served(document, order.node().incarnation(), memory.lastReadMillis);
                })
                .recover(failure -> {
                    if (!(failure instanceof RefusedException refusal)) {
                        return Future.failedFuture(failure);
                    }
                    KubeletDocument instead = document.insteadAfter(refusal.status());
                    if (instead == null) {
                        memory.document.forget();
                        return Future.failedFuture(refusal);
                    }
                    return readInstead(order, document, instead, refusal);
                });
    }

    private Future<Reading> readInstead(
            Order order, KubeletDocument document, KubeletDocument instead, RefusedException refusal) {
        return read(order, instead)
                .onSuccess(ignored -> {
                    meters.fellBack(document, instead);
                    LOG.debugf(
                            "node %s is read by %s in place of %s: %s",
                            order.node().name(), instead.text(), document.text(), refusal.getMessage());
                })
                // that there are no containers any more is no reason: of the summary it says why
                .recover(again ->
                        Future.failedFuture(document == KubeletDocument.CONTAINERS ? again : both(refusal, again)));
    }

    private static ScrapeException both(ScrapeException refusal, Throwable again) {
        return new ScrapeException(
                refusal.reason(), refusal.getMessage() + "; and in its place: " + again.getMessage(), again);
    }

    private Future<Reading> ask(Order order, KubeletDocument document) {
        KnownNode node = order.node();
        Memory memory = order.memory();
        Duration left = Duration.ofNanos(order.deadlineNanos() - System.nanoTime());
        return kubelets.ask(
                order.kubelet(), request(node, document), left, memory.lastLength, (bytes, length, skew) -> {
                    memory.lastLength = length;
                    Reading reading = decode(document, bytes, length, node.identity());
                    if (skew != ClockSkew.UNKNOWN) {
                        reading.entities().get(0).samples().set(Metrics.CLOCK_SKEW, skew);
                    }
                    return reading;
                });
    }

    private Reading decode(KubeletDocument document, byte[] bytes, int length, Labels identity) throws ScrapeException {
        Decoders mine = decoders.get();
        long now = clock.millis();
        return switch (document) {
            case CONTAINERS -> mine.containers().decode(bytes, length, identity, now);
            case SUMMARY -> mine.summary().decode(bytes, length, identity, now);
            case RESOURCE -> mine.resource().decode(bytes, length, identity, now);
        };
    }

    private static Question request(KnownNode node, KubeletDocument document) {
        return switch (document) {
            case CONTAINERS -> CONTAINERS;
            case SUMMARY -> SUMMARY;
            case RESOURCE ->
                node.resourceMetricsPath().startsWith("/") ? Question.metrics(node.resourceMetricsPath()) : RESOURCE;
        };
    }
}
