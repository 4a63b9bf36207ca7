package io.heapster.scraper.source.kubernetes;

import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Target;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.kubernetes.connection.KubernetesOptions;
import io.heapster.scraper.source.kubernetes.discovery.Discovery;
import io.heapster.scraper.source.kubernetes.discovery.KnownNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One node, as the API server knows it at the moment it is asked. */
final class KubernetesTarget implements Target {
    private static final int HTTPS_PORT = 10_250;
    private static final int HTTP_PORT = 10_255;

    private final String name;
    private final NodeKey key;
    private final KubernetesOptions options;
    private final Discovery discovery;
    private final KubeletReader kubelets;
    private final KubeletReader.Memory memory;

    KubernetesTarget(
            String name,
            KubernetesOptions options,
            Discovery discovery,
            KubeletReader kubelets,
            KubeletDocument wanted) {
        this.name = name;
        this.key = new NodeKey(options.clusterName(), name);
        this.options = options;
        this.discovery = discovery;
        this.kubelets = kubelets;
        this.memory = new KubeletReader.Memory(wanted);
    }

    @Override
    public NodeKey node() {
        return key;
    }

    @Override
    public @Nullable SkipReason skip() {
        KnownNode node = discovery.node(name);
        if (node != null && !node.ready()) {
            return SkipReason.NOT_READY;
        }
        return node == null || node.address() == null ? SkipReason.NO_ADDRESS : null;
    }

    @Override
    public CompletionStage<Reading> read(Duration timeout) {
        KnownNode node = discovery.node(name);
        String address = node == null ? null : node.address();
        if (node == null || address == null) {
            return CompletableFuture.failedFuture(new ScrapeException(
                    Reason.CONNECT,
                    "node " + name + " has no IP address of type InternalIP, LegacyHostIP or ExternalIP",
                    null));
        }
        Duration shorter = timeout.compareTo(options.kubeletTimeout()) < 0 ? timeout : options.kubeletTimeout();
        return kubelets.read(node, endpoint(node, address), memory, shorter).toCompletionStage();
    }

    /** The document it is read by; null when it was not read lately, or is read by another process. */
    @Nullable
    KubeletDocument document() {
        return kubelets.documentOf(memory);
    }

    private Endpoint endpoint(KnownNode node, String address) {
        int port = options.kubeletPort().orElse(node.kubeletPort());
        if (port == 0) {
            port = options.kubeletHttps() ? HTTPS_PORT : HTTP_PORT;
        }
        String serverName =
                KubernetesOptions.NODE_NAME.equals(options.kubeletServerName()) ? name : options.kubeletServerName();
        return new Endpoint(address, port, options.kubeletHttps(), serverName);
    }

    @Override
    public NodeInventory inventory() {
        return discovery.inventory(name);
    }
}
