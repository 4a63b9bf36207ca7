package io.heapster.simulator.apiserver;

import io.heapster.simulator.access.BearerTokens;
import io.heapster.simulator.access.TestCertificate;
import io.heapster.simulator.cluster.ClusterListener;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedEvent;
import io.heapster.simulator.cluster.SimulatedNamespace;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.cluster.SimulatedPod;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API server of a simulated cluster: every change of the cluster is an event of its watches. */
public final class SimulatedApiServer implements AutoCloseable {
    private static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(30);
    private static final Map<String, String> DOCUMENTS = Map.of(
            "/version",
            """
            {"major":"1","minor":"36","gitVersion":"v1.36.2","gitCommit":"0","gitTreeState":"clean",\
            "buildDate":"1970-01-01T00:00:00Z","goVersion":"go1.26","compiler":"gc","platform":"linux/amd64"}""",
            "/api",
            "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":[]}",
            "/apis",
            "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[]}",
            "/api/v1",
            """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[\
            {"name":"events","singularName":"event","namespaced":true,"kind":"Event","verbs":["get","list","watch"]},\
            {"name":"namespaces","singularName":"namespace","namespaced":false,"kind":"Namespace","verbs":["get","list","watch"]},\
            {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["get","list","watch"]},\
            {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list","watch"]}]}""",
            "/livez",
            "ok",
            "/readyz",
            "ok",
            "/healthz",
            "ok");

    private final ObjectApi objects = new ObjectApi();
    private final ApiServer server;

    private SimulatedApiServer(
            SimulatedCluster cluster,
            int kubeletPort,
            BearerTokens tokens,
            @Nullable TestCertificate certificate,
            int port) {
        ClusterObjects translation = new ClusterObjects(cluster, kubeletPort);
        for (SimulatedNamespace namespace : cluster.namespaces()) {
            objects.load(ResourceKind.NAMESPACES, translation.namespace(namespace), objects.version());
        }
        for (SimulatedNode node : cluster.nodes()) {
            objects.load(ResourceKind.NODES, translation.node(node), objects.version());
            for (SimulatedPod pod : cluster.pods(node.name())) {
                objects.load(ResourceKind.PODS, translation.pod(pod), objects.version());
            }
        }
        cluster.listen(new Follower(translation));
        this.server = ApiServer.start(objects, DOCUMENTS, tokens, BOOKMARK_INTERVAL, certificate, port);
    }

    /**
     * Starts to answer for the cluster as it is now and follows its changes.
     *
     * @param kubeletPort the port node objects name as their kubelet's
     * @param tokens tokens asked for; may be changed at any time
     * @param certificate what the server shows; null for plain HTTP
     * @param port TCP port, 0 for any
     */
    public static SimulatedApiServer start(
            SimulatedCluster cluster,
            int kubeletPort,
            BearerTokens tokens,
            @Nullable TestCertificate certificate,
            int port) {
        return new SimulatedApiServer(cluster, kubeletPort, tokens, certificate, port);
    }

    /** The URL clients use. */
    public String url() {
        return server.url();
    }

    /** The server itself: its counts, its watches. */
    public ApiServer server() {
        return server;
    }

    /** Forgets the past and ends all watches: clients that come back with an old version are answered 410 Gone. */
    public void expireResourceVersions() {
        objects.forgetPast();
        server.closeWatches();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Follower implements ClusterListener {
        private final ClusterObjects translation;

        private Follower(ClusterObjects translation) {
            this.translation = translation;
        }

        @Override
        public void onNode(Change change, SimulatedNode node) {
            apply(change, ResourceKind.NODES, translation.node(node));
        }

        @Override
        public void onPod(Change change, SimulatedPod pod) {
            apply(change, ResourceKind.PODS, translation.pod(pod));
        }

        @Override
        public void onEvent(SimulatedEvent event) {
            objects.put(ResourceKind.EVENTS, translation.event(event));
        }

        private void apply(Change change, ResourceKind kind, ApiObject object) {
            if (change == Change.DELETED) {
                objects.delete(kind, object);
            } else {
                objects.put(kind, object);
            }
        }
    }
}
