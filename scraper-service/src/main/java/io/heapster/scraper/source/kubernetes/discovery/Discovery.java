package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapster.scraper.source.NodeInventory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API server knows of the cluster, followed from {@link #start} to {@link #close}. Its absence ends nothing. */
public final class Discovery implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WATCH = Duration.ofMinutes(30);

    private final KubernetesClient client;
    private final KeyedReplica<Node, KnownNode> nodes;
    private final KeyedReplica<Namespace, String> namespaces;
    private final PodReplica pods;
    private final List<Reflector<?, ?, ?>> reflectors;

    /** @param unauthorized is run when the API server does not know us, from a thread that may block */
    public Discovery(
            KubernetesClient client,
            String cluster,
            String hostIdAnnotation,
            Runnable unauthorized,
            MeterRegistry registry,
            Clock clock) {
        this(client, cluster, hostIdAnnotation, unauthorized, registry, clock, FIRST_PAUSE, LONGEST_WATCH);
    }

    Discovery(
            KubernetesClient client,
            String cluster,
            String hostIdAnnotation,
            Runnable unauthorized,
            MeterRegistry registry,
            Clock clock,
            Duration firstPause,
            Duration longestWatch) {
        this.client = client;
        nodes = new KeyedReplica<>(
                node -> node.getMetadata().getName(), node -> Reduction.node(node, hostIdAnnotation));
        namespaces = new KeyedReplica<>(
                namespace -> namespace.getMetadata().getName(),
                namespace -> namespace.getMetadata().getUid());
        pods = new PodReplica();
        reflectors = List.of(
                new Reflector<>(
                        "nodes",
                        client::nodes,
                        nodes,
                        new ReflectorMeters(registry, clock, cluster, "nodes", nodes),
                        unauthorized,
                        firstPause,
                        longestWatch),
                new Reflector<>(
                        "pods",
                        () -> client.pods().inAnyNamespace(),
                        pods,
                        new ReflectorMeters(registry, clock, cluster, "pods", pods),
                        unauthorized,
                        firstPause,
                        longestWatch),
                new Reflector<>(
                        "namespaces",
                        client::namespaces,
                        namespaces,
                        new ReflectorMeters(registry, clock, cluster, "namespaces", namespaces),
                        unauthorized,
                        firstPause,
                        longestWatch));
    }

    public void start() {
        reflectors.forEach(Reflector::start);
    }

    /** Whether everything has been listed once. */
    public boolean synced() {
        return reflectors.stream().allMatch(Reflector::synced);
    }

    /** Names of the nodes now; a live view. */
    public Set<String> nodeNames() {
        return Collections.unmodifiableSet(nodes.kept().keySet());
    }

    /** The node as it is now, or null when it is gone. */
    public @Nullable KnownNode node(String name) {
        return nodes.kept().get(name);
    }

    /** A node with its pods now; {@link NodeInventory#NONE} when the node is gone. */
    public NodeInventory inventory(String name) {
        KnownNode node = node(name);
        if (node == null) {
            return NodeInventory.NONE;
        }
        return new NodeInventory(
                true,
                node.labels(),
                node.cpuCapacityMillis(),
                node.cpuAllocatableMillis(),
                node.memoryCapacity(),
                node.memoryAllocatable(),
                node.ephemeralStorageCapacity(),
                node.ephemeralStorageAllocatable(),
                node.schedulable(),
                pods.on(name),
                Collections.unmodifiableMap(namespaces.kept()));
    }

    @Override
    public void close() {
        reflectors.forEach(Reflector::close);
        client.close();
    }
}
