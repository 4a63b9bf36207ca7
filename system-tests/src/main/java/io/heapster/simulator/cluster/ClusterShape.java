package io.heapster.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a simulated cluster looks like at its start. Two clusters of one shape are alike in every name, UID and rate.
 *
 * @param nodes number of nodes
 * @param podsPerNode pods a node, without daemon pods
 * @param daemonPodsPerNode further pods a node that use the node's network
 * @param maxContainers most containers a pod may have
 * @param meanContainers mean number of containers a pod, between 1 and {@code maxContainers}
 * @param namespaces number of namespaces beside kube-system
 * @param seed chooses names, rates, requests
 * @param bornAt when the cluster began, a whole second; counters start within the hour after it
 * @param sampleSpread how old a sample may be when it is answered, whole seconds; zero for samples of the present second
 * @param pressure whether documents carry the blocks {@code psi} and {@code io}, as kubelets from 1.36 on send them
 */
public record ClusterShape(
        int nodes,
        int podsPerNode,
        int daemonPodsPerNode,
        int maxContainers,
        double meanContainers,
        int namespaces,
        long seed,
        Instant bornAt,
        Duration sampleSpread,
        boolean pressure) {

    private static final Instant DEFAULT_BIRTH = Instant.parse("2026-11-01T00:00:00Z");

    public ClusterShape {
        require(nodes >= 0 && nodes <= LoopbackAddress.MAX_INDEX, "nodes", nodes);
        require(podsPerNode >= 0 && podsPerNode <= 500, "podsPerNode", podsPerNode);
        require(daemonPodsPerNode >= 0 && daemonPodsPerNode <= 20, "daemonPodsPerNode", daemonPodsPerNode);
        require(maxContainers >= 1, "maxContainers", maxContainers);
        require(meanContainers >= 1 && meanContainers <= maxContainers, "meanContainers", meanContainers);
        require(namespaces >= 1, "namespaces", namespaces);
        require(bornAt.equals(bornAt.truncatedTo(ChronoUnit.SECONDS)), "bornAt", bornAt);
        require(
                !sampleSpread.isNegative() && sampleSpread.equals(sampleSpread.truncatedTo(ChronoUnit.SECONDS)),
                "sampleSpread",
                sampleSpread);
    }

    /** Pods of 1.3 containers (at most 3) in 10 namespaces, no daemon pods, samples up to 15 s old, all blocks. */
    public static ClusterShape of(int nodes, int podsPerNode) {
        return new ClusterShape(nodes, podsPerNode, 0, 3, 1.3, 10, 1, DEFAULT_BIRTH, Duration.ofSeconds(15), true);
    }

    /** This shape with so many host-network pods on every node. */
    public ClusterShape withDaemonPods(int count) {
        return new ClusterShape(
                nodes,
                podsPerNode,
                count,
                maxContainers,
                meanContainers,
                namespaces,
                seed,
                bornAt,
                sampleSpread,
                pressure);
    }

    /** This shape with pods of 1 to {@code max} containers, {@code mean} on average. */
    public ClusterShape withContainers(int max, double mean) {
        return new ClusterShape(
                nodes, podsPerNode, daemonPodsPerNode, max, mean, namespaces, seed, bornAt, sampleSpread, pressure);
    }

    /** This shape with so many namespaces beside kube-system. */
    public ClusterShape withNamespaces(int count) {
        return new ClusterShape(
                nodes,
                podsPerNode,
                daemonPodsPerNode,
                maxContainers,
                meanContainers,
                count,
                seed,
                bornAt,
                sampleSpread,
                pressure);
    }

    /** This shape with other names and rates. */
    public ClusterShape withSeed(long value) {
        return new ClusterShape(
                nodes,
                podsPerNode,
                daemonPodsPerNode,
                maxContainers,
                meanContainers,
                namespaces,
                value,
                bornAt,
                sampleSpread,
                pressure);
    }

    /** This shape with counters that begin within the hour after the instant. */
    public ClusterShape withBirth(Instant instant) {
        return new ClusterShape(
                nodes,
                podsPerNode,
                daemonPodsPerNode,
                maxContainers,
                meanContainers,
                namespaces,
                seed,
                instant,
                sampleSpread,
                pressure);
    }

    /** This shape with samples up to so old when they are answered. */
    public ClusterShape withSampleSpread(Duration spread) {
        return new ClusterShape(
                nodes,
                podsPerNode,
                daemonPodsPerNode,
                maxContainers,
                meanContainers,
                namespaces,
                seed,
                bornAt,
                spread,
                pressure);
    }

    /** This shape with or without the blocks {@code psi} and {@code io}. */
    public ClusterShape withPressure(boolean sent) {
        return new ClusterShape(
                nodes,
                podsPerNode,
                daemonPodsPerNode,
                maxContainers,
                meanContainers,
                namespaces,
                seed,
                bornAt,
                sampleSpread,
                sent);
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " is out of range: " + value);
        }
    }
}
