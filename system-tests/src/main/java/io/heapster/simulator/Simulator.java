package io.heapster.simulator;

import io.heapster.simulator.access.BearerTokens;
import io.heapster.simulator.access.Kubeconfig;
import io.heapster.simulator.access.TestAuthority;
import io.heapster.simulator.access.TestCertificate;
import io.heapster.simulator.apiserver.SimulatedApiServer;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.Truth;
import io.heapster.simulator.kubelet.SimulatedKubelets;
import java.time.Clock;

/**
 * A simulated cluster with its API server and its kubelets, running. One token opens both; with TLS one authority signs
 * both.
 */
public final class Simulator implements AutoCloseable {

    /**
     * How the servers answer.
     *
     * @param tls whether the servers speak TLS
     * @param kubeletName the name in the kubelets' certificate: never a node's address, so clients have to be told
     * @param apiPort the API server's port, 0 for any
     * @param kubeletPort the kubelets' port, 0 for any
     */
    public record Listening(boolean tls, String kubeletName, int apiPort, int kubeletPort) {
        /** The name kubelets show unless another is asked for. */
        public static final String KUBELET_NAME = "kubelet.simulated";

        /** TLS on any ports. */
        public static Listening withTls() {
            return new Listening(true, KUBELET_NAME, 0, 0);
        }

        /** Plain HTTP on any ports. */
        public static Listening plain() {
            return new Listening(false, KUBELET_NAME, 0, 0);
        }
    }

    private static final String TOKEN = "simulated-heapster-token";

    private final SimulatedCluster cluster;
    private final TestAuthority authority;
    private final BearerTokens tokens;
    private final SimulatedKubelets kubelets;
    private final SimulatedApiServer apiServer;
    private final boolean tls;

    private Simulator(ClusterShape shape, Listening listening, Clock clock) {
        this.cluster = new SimulatedCluster(shape, clock);
        this.tls = listening.tls();
        this.authority = TestAuthority.create("simulated authority");
        this.tokens = BearerTokens.accepting(TOKEN);
        TestCertificate kubeletCertificate = tls ? authority.issueServer(listening.kubeletName()) : null;
        TestCertificate apiCertificate = tls ? authority.issueServer("localhost", "127.0.0.1") : null;
        this.kubelets = SimulatedKubelets.start(cluster, tokens, kubeletCertificate, listening.kubeletPort());
        this.apiServer =
                SimulatedApiServer.start(cluster, kubelets.port(), tokens, apiCertificate, listening.apiPort());
    }

    /** Starts a cluster of this shape. */
    public static Simulator start(ClusterShape shape, Listening listening) {
        return start(shape, listening, Clock.systemUTC());
    }

    /** Starts a cluster of this shape that lives in the clock's time. */
    public static Simulator start(ClusterShape shape, Listening listening, Clock clock) {
        return new Simulator(shape, listening, clock);
    }

    /** The cluster; change it, break it. */
    public SimulatedCluster cluster() {
        return cluster;
    }

    /** The exact figures. */
    public Truth truth() {
        return cluster.truth();
    }

    /** The servers' authority, also of those that speak plain HTTP. */
    public TestAuthority authority() {
        return authority;
    }

    /** The tokens both servers know. */
    public BearerTokens tokens() {
        return tokens;
    }

    /** The token with full rights the simulator began with. */
    public String token() {
        return TOKEN;
    }

    /** The API server. */
    public SimulatedApiServer apiServer() {
        return apiServer;
    }

    /** The kubelets. */
    public SimulatedKubelets kubelets() {
        return kubelets;
    }

    /** How clients get in. */
    public Kubeconfig kubeconfig() {
        return new Kubeconfig(apiServer.url(), TOKEN, tls ? authority.certificatePem() : null);
    }

    @Override
    public void close() {
        apiServer.close();
        kubelets.close();
    }
}
