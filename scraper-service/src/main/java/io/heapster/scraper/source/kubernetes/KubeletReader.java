package io.heapster.scraper.source.kubernetes;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.ClockSkew;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.kubernetes.discovery.KnownNode;
import io.heapster.scraper.source.kubernetes.fetch.KubeletClient;
import io.heapster.scraper.source.kubernetes.fetch.KubeletEndpoint;
import io.heapster.scraper.source.kubernetes.fetch.KubeletRequest;
import io.heapster.scraper.source.kubernetes.fetch.RefusedException;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads nodes from their kubelets: asks for a document, and where it is refused for the one in its place. */
final class KubeletReader {
    private static final Logger LOG = Logger.getLogger(KubeletReader.class);
    private static final long RECENT_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final KubeletRequest CONTAINERS = KubeletRequest.statsOf(
            "/stats/container/", "{\"containerName\":\"/\",\"subcontainers\":true,\"num_stats\":1}");
    private static final KubeletRequest SUMMARY = KubeletRequest.stats("/stats/summary");
    private static final KubeletRequest RESOURCE = KubeletRequest.metrics("/metrics/resource");

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

    Future<Reading> read(KnownNode node, KubeletEndpoint kubelet, Memory memory, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        KubeletDocument first = memory.document.at(node.incarnation(), clock.millis());
        return read(new Question(node, kubelet, memory, deadline), first);
    }

    void close() {
        kubelets.close();
    }

    private record Question(KnownNode node, KubeletEndpoint kubelet, Memory memory, long deadlineNanos) {}

    private Future<Reading> read(Question question, KubeletDocument document) {
        Memory memory = question.memory();
        return ask(question, document)
                .onSuccess(ignored -> {
                    memory.lastReadMillis = clock.millis();
                    memory.document.served(document, question.node().incarnation(), memory.lastReadMillis);
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
                    return readInstead(question, document, instead, refusal);
                });
    }

    private Future<Reading> readInstead(
            Question question, KubeletDocument document, KubeletDocument instead, RefusedException refusal) {
        return read(question, instead)
                .onSuccess(ignored -> {
                    meters.fellBack(document, instead);
                    LOG.debugf(
                            "node %s is read by %s in place of %s: %s",
                            question.node().name(), instead.text(), document.text(), refusal.getMessage());
                })
                // that there are no containers any more is no reason: of the summary it says why
                .recover(again ->
                        Future.failedFuture(document == KubeletDocument.CONTAINERS ? again : both(refusal, again)));
    }

    private static ScrapeException both(ScrapeException refusal, Throwable again) {
        return new ScrapeException(
                refusal.reason(), refusal.getMessage() + "; and in its place: " + again.getMessage(), again);
    }

    private Future<Reading> ask(Question question, KubeletDocument document) {
        KnownNode node = question.node();
        Memory memory = question.memory();
        Duration left = Duration.ofNanos(question.deadlineNanos() - System.nanoTime());
        return kubelets.ask(
                question.kubelet(), request(node, document), left, memory.lastLength, (bytes, length, skew) -> {
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

    private static KubeletRequest request(KnownNode node, KubeletDocument document) {
        return switch (document) {
            case CONTAINERS -> CONTAINERS;
            case SUMMARY -> SUMMARY;
            case RESOURCE ->
                node.resourceMetricsPath().startsWith("/")
                        ? KubeletRequest.metrics(node.resourceMetricsPath())
                        : RESOURCE;
        };
    }
}
