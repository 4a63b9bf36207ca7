package io.heapster.scraper.source.kubernetes;

import io.heapster.scraper.source.EventSource;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.kubernetes.connection.KubernetesOptions;
import io.heapster.scraper.source.kubernetes.discovery.Discovery;
import io.heapster.scraper.source.kubernetes.discovery.KnownNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All nodes of one cluster, as its API server lists them. */
final class KubernetesSource implements Source {
    private final KubernetesOptions options;
    private final Discovery discovery;
    private final KubeletReader kubelets;
    private final KubeletDocument wanted;
    private final EventSource events;
    private final Map<String, KubernetesTarget> targets = new ConcurrentHashMap<>();

    KubernetesSource(
            KubernetesOptions options,
            Discovery discovery,
            KubeletReader kubelets,
            KubeletDocument wanted,
            DocumentMeters meters,
            EventSource events) {
        this.options = options;
        this.discovery = discovery;
        this.kubelets = kubelets;
        this.wanted = wanted;
        this.events = events;
        meters.watch(this::readBy);
    }

    private int readBy(KubeletDocument document) {
        int count = 0;
        for (KubernetesTarget target : targets.values()) {
            if (target.document() == document) {
                count++;
            }
        }
        return count;
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
                    node.name(), name -> new KubernetesTarget(name, options, discovery, kubelets, wanted)));
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
