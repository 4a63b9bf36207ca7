package io.heapster.scraper.source.kubernetes;

import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Target;
import io.heapster.scraper.source.kubernetes.connection.KubernetesOptions;
import io.heapster.scraper.source.kubernetes.discovery.Discovery;
import io.heapster.scraper.source.kubernetes.discovery.KnownNode;
import io.heapster.scraper.source.kubernetes.fetch.KubeletClient;
import io.heapster.scraper.source.kubernetes.fetch.KubeletEndpoint;
import io.heapster.scraper.source.kubernetes.summary.SummaryDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One node, as the API server knows it at the moment it is asked. */
final class KubernetesTarget implements Target {
    private static final String SUMMARY = "/stats/summary";
    private static final int HTTPS_PORT = 10_250;
    private static final int HTTP_PORT = 10_255;

    private final String name;
    private final NodeKey key;
    private final KubernetesOptions options;
    private final Discovery discovery;
    private final KubeletClient kubelets;
    private final ThreadLocal<SummaryDecoder> decoders;
    private final Clock clock;
    /** Length of the last answer, which the next one resembles. */
    private volatile int lastLength;

    KubernetesTarget(
            String name,
            KubernetesOptions options,
            Discovery discovery,
            KubeletClient kubelets,
            ThreadLocal<SummaryDecoder> decoders,
            Clock clock) {
        this.name = name;
        this.key = new NodeKey(options.clusterName(), name);
        this.options = options;
        this.discovery = discovery;
        this.kubelets = kubelets;
        this.decoders = decoders;
        this.clock = clock;
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
        return kubelets.get(endpoint(node, address), SUMMARY, shorter, lastLength, (bytes, length) -> {
                    lastLength = length;
                    return decoders.get().decode(bytes, length, node.identity(), clock.millis());
                })
                .toCompletionStage();
    }

    private KubeletEndpoint endpoint(KnownNode node, String address) {
        int port = options.kubeletPort().orElse(node.kubeletPort());
        if (port == 0) {
            port = options.kubeletHttps() ? HTTPS_PORT : HTTP_PORT;
        }
        String serverName =
                KubernetesOptions.NODE_NAME.equals(options.kubeletServerName()) ? name : options.kubeletServerName();
        return new KubeletEndpoint(address, port, options.kubeletHttps(), serverName);
    }

    @Override
    public NodeInventory inventory() {
        return discovery.inventory(name);
    }
}
