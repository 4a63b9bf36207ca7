package io.heapster.simulator.kubelet;

import io.heapster.simulator.access.BearerTokens;
import io.heapster.simulator.access.TestCertificate;
import io.heapster.simulator.cluster.Fault;
import io.heapster.simulator.cluster.LoopbackAddress;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.http.LocalServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The kubelets of all nodes of a cluster behind one port: a node is known by the loopback address its client connected to.
 * Answers {@code GET /stats/summary} and {@code /healthz}.
 */
public final class SimulatedKubelets implements AutoCloseable {
    private static final int THREADS = 2;
    private static final String GARBAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    private static final String FORBIDDEN =
            "Forbidden (user=system:serviceaccount:kube-system:%s, verb=get, resource=nodes, subresource(s)=[stats])";

    private static final class Kubelet {
        private final SimulatedNode node;
        private final SummaryDocument document;
        private final AtomicInteger requests = new AtomicInteger();

        private Kubelet(SimulatedNode node, SummaryDocument document) {
            this.node = node;
            this.document = document;
        }
    }

    private final SimulatedCluster cluster;
    private final BearerTokens tokens;
    private final LocalServer server;
    private final Map<Integer, Kubelet> kubelets = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong documentBytes = new AtomicLong();
    private final AtomicInteger hanging = new AtomicInteger();

    private SimulatedKubelets(
            SimulatedCluster cluster, BearerTokens tokens, @Nullable TestCertificate certificate, int port) {
        this.cluster = cluster;
        this.tokens = tokens;
        this.server = LocalServer.start(certificate, port, THREADS, this::handle);
    }

    /**
     * Starts to answer.
     *
     * @param tokens tokens asked for; may be changed at any time
     * @param certificate what the server shows; null for plain HTTP
     * @param port TCP port, 0 for any
     */
    public static SimulatedKubelets start(
            SimulatedCluster cluster, BearerTokens tokens, @Nullable TestCertificate certificate, int port) {
        return new SimulatedKubelets(cluster, tokens, certificate, port);
    }

    /** The port all kubelets answer on. */
    public int port() {
        return server.port();
    }

    /** Requests for the node's summary so far, whatever the answer. */
    public int requests(String node) {
        Kubelet kubelet = kubelets.get(cluster.node(node).index());
        return kubelet == null ? 0 : kubelet.requests.get();
    }

    /** Requests for any node's summary so far, whatever the answer. */
    public long requests() {
        return requests.get();
    }

    /** Bytes of complete documents sent so far. */
    public long documentBytes() {
        return documentBytes.get();
    }

    /** Requests of this moment that will not be answered. */
    public int hanging() {
        return hanging.get();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.path().equals("/healthz")) {
            text(response, 200, "ok");
            return;
        }
        Kubelet kubelet = kubeletOf(request);
        if (!request.path().equals("/stats/summary") || kubelet == null) {
            text(response, 404, "404 page not found\n");
            return;
        }
        kubelet.requests.incrementAndGet();
        requests.incrementAndGet();
        switch (judge(request)) {
            case ANONYMOUS, UNKNOWN -> text(response, 401, "Unauthorized");
            case FORBIDDEN -> text(response, 403, FORBIDDEN.formatted("nobody"));
            case ALLOWED -> {
                if (request.method().equals(HttpMethod.GET)) {
                    answer(request, kubelet, cluster.fault(kubelet.node.name()));
                } else {
                    text(response, 405, "Method Not Allowed");
                }
            }
        }
    }

    /** Over plain HTTP a kubelet's read-only port answers everybody, and nobody shows it a token. */
    private BearerTokens.Verdict judge(HttpServerRequest request) {
        return request.isSSL() ? tokens.judge(request.getHeader("Authorization")) : BearerTokens.Verdict.ALLOWED;
    }

    private void answer(HttpServerRequest request, Kubelet kubelet, @Nullable Fault fault) {
        HttpServerResponse response = request.response();
        if (fault instanceof Fault.Hang) {
            hanging.incrementAndGet();
            response.closeHandler(closed -> hanging.decrementAndGet());
        } else if (fault instanceof Fault.Slow slow) {
            server.after(slow.delay().toMillis(), () -> {
                if (!response.closed()) {
                    summary(response, kubelet, 1);
                }
            });
        } else if (fault instanceof Fault.Truncated) {
            summary(response, kubelet, 0.6);
        } else if (fault instanceof Fault.Garbage) {
            response.putHeader("Content-Type", "application/json")
                    .setChunked(true)
                    .end(GARBAGE);
        } else if (fault instanceof Fault.Status status) {
            text(response, status.code(), textOf(status.code()));
        } else if (fault instanceof Fault.Reset) {
            request.connection().close();
        } else {
            summary(response, kubelet, 1);
        }
    }

    private void summary(HttpServerResponse response, Kubelet kubelet, double share) {
        DocumentBuffer document = kubelet.document.render(cluster.clock().instant(), kubelet.requests.get());
        int length = (int) (document.size() * share);
        if (length == document.size()) {
            documentBytes.addAndGet(length);
        }
        // A kubelet sends chunks, as it does not know the length before.
        response.putHeader("Content-Type", "application/json").setChunked(true);
        response.end(Buffer.buffer(length).appendBytes(document.array(), 0, length));
    }

    private @Nullable Kubelet kubeletOf(HttpServerRequest request) {
        int index = LoopbackAddress.indexOf(request.localAddress().hostAddress());
        Kubelet known = kubelets.get(index);
        if (known != null) {
            return known;
        }
        SimulatedNode node = cluster.nodeAt(index);
        return node == null
                ? null
                : kubelets.computeIfAbsent(index, unknown -> new Kubelet(node, new SummaryDocument(cluster, node)));
    }

    private static String textOf(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> FORBIDDEN.formatted("heapster");
            default -> "failed to get node stats: simulated\n";
        };
    }

    private static void text(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)));
    }
}
