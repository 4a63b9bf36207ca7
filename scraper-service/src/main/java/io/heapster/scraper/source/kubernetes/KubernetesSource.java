package io.heapster.scraper.source.kubernetes;

import io.heapster.scraper.source.EventSource;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.kubernetes.connection.KubernetesOptions;
import io.heapster.scraper.source.kubernetes.discovery.Discovery;
import io.heapster.scraper.source.kubernetes.discovery.KnownNode;
import io.heapster.scraper.source.kubernetes.fetch.KubeletClient;
import io.heapster.scraper.source.kubernetes.summary.SummaryDecoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All nodes of one cluster, as its API server lists them. */
final class KubernetesSource implements Source {
    private final KubernetesOptions options;
    private final Discovery discovery;
    private final KubeletClient kubelets;
    private final EventSource events;
    private final Clock clock;
    /** One for each event loop. */
    private final ThreadLocal<SummaryDecoder> decoders = ThreadLocal.withInitial(SummaryDecoder::new);

    private final Map<String, KubernetesTarget> targets = new ConcurrentHashMap<>();

    KubernetesSource(
            KubernetesOptions options, Discovery discovery, KubeletClient kubelets, EventSource events, Clock clock) {
        this.options = options;
        this.discovery = discovery;
        this.kubelets = kubelets;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String cluster() {
        return options.clusterName();
    }

    @Override
    public void start() {
        discovery.start();
    }

    @Override
    public boolean synced() {
        return discovery.synced();
    }

    @Override
    public List<KubernetesTarget> targets() {
        List<KubernetesTarget> now = new ArrayList<>();
        for (KnownNode node : discovery.nodes()) {
            now.add(targets.computeIfAbsent(
                    node.name(), name -> new KubernetesTarget(name, options, discovery, kubelets, decoders, clock)));
        }
        if (targets.size() > now.size()) {
            targets.keySet().removeIf(name -> discovery.node(name) == null);
        }
        return now;
    }

    @Override
    public Optional<EventSource> events() {
        return Optional.of(events);
    }

    @Override
    public void close() {
        discovery.close();
        kubelets.close();
    }
}
