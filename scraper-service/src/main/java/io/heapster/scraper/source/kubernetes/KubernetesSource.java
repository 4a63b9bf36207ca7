package io.heapster.scraper.source.kubernetes;

import io.heapster.scraper.source.EventSource;
import io.heapster.scraper.source.KnownTargets;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.kubernetes.connection.KubernetesOptions;
import io.heapster.scraper.source.kubernetes.discovery.Discovery;
import java.util.List;
import java.util.Optional;

/** All nodes of one cluster, as its API server lists them. */
final class KubernetesSource implements Source {
    private final KubernetesOptions options;
    private final Discovery discovery;
    private final KubeletReader kubelets;
    private final EventSource events;
    private final KnownTargets<String, KubernetesTarget> targets;

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
        this.targets = new KnownTargets<>(name -> new KubernetesTarget(name, options, discovery, kubelets, wanted));
        this.events = events;
        meters.watch(document -> targets.count(target -> target.document() == document));
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
        return targets.of(discovery.nodeNames());
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
