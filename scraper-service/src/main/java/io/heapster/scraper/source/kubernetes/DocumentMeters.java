package io.heapster.scraper.source.kubernetes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToIntFunction;

/** Which documents kubelets are read by. */
final class DocumentMeters {
    private final MeterRegistry registry;
    private final String cluster;

    DocumentMeters(MeterRegistry registry, String cluster) {
        this.registry = registry;
        this.cluster = cluster;
    }

    /** @param nodes how many nodes are read by a document */
    void watch(ToIntFunction<KubeletDocument> nodes) {
        for (KubeletDocument document : KubeletDocument.values()) {
            Gauge.builder("heapster.kubelet.documents", () -> nodes.applyAsInt(document))
                    .description("Nodes that are read by the document")
                    .tag("cluster", cluster)
                    .tag("document", document.text())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** A kubelet does not serve one document, but another. */
    void fellBack(KubeletDocument from, KubeletDocument to) {
        Counter.builder("heapster.kubelet.fallbacks")
                .description("Times that a document was refused and another one read in its place")
                .tag("cluster", cluster)
                .tag("from", from.text())
                .tag("to", to.text())
                .register(registry)
                .increment();
    }
}
