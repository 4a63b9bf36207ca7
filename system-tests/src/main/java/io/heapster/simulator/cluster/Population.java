package io.heapster.simulator.cluster;

import io.heapster.simulator.cluster.SimulatedNode.SystemContainer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes nodes, pods and containers out of a shape's seed. */
final class Population {
    private static final long MEBI = 1L << 20;
    private static final long GIBI = 1L << 30;
    private static final int PODS_PER_APPLICATION = 10;
    private static final String SYSTEM_NAMESPACE = "kube-system";

    private final ClusterShape shape;
    private final Dice dice;
    private final int applications;

    Population(ClusterShape shape) {
        this.shape = shape;
        this.dice = Dice.of(shape.seed());
        this.applications = Math.max(1, shape.nodes() * shape.podsPerNode() / PODS_PER_APPLICATION);
    }

    List<SimulatedNamespace> namespaces() {
        List<SimulatedNamespace> result = new ArrayList<>();
        result.add(namespace(SYSTEM_NAMESPACE));
        for (int i = 0; i < shape.namespaces(); i++) {
            result.add(namespace(namespaceName(i)));
        }
        return List.copyOf(result);
    }

    private SimulatedNamespace namespace(String name) {
        return new SimulatedNamespace(name, dice.on("namespace").on(name).uuid().toString(), shape.bornAt());
    }

    SimulatedNode node(int index, Instant startedAt) {
        Dice own = dice.on("node").on(index);
        String name = nodeName(index);
        Map<String, String> labels = new TreeMap<>(Map.of(
                "kubernetes.io/arch",
                "amd64",
                "kubernetes.io/hostname",
                name,
                "kubernetes.io/os",
                "linux",
                "topology.kubernetes.io/zone",
                "zone-" + (char) ('a' + index % 3)));
        List<SystemContainer> system = List.of(
                systemContainer(own, "kubelet", startedAt),
                systemContainer(own, "runtime", startedAt),
                systemContainer(own, "pods", startedAt));
        return new SimulatedNode(
                index,
                name,
                own.uuid().toString(),
                LoopbackAddress.of(index),
                startedAt,
                labels,
                16_000,
                15_900,
                64 * GIBI,
                62 * GIBI,
                200 * GIBI,
                Load.draw(own.on("load"), 4_000_000, 8_000_000, 16 * GIBI, 40 * GIBI),
                Traffic.draw(own.on("traffic"), 10_000_000),
                Wave.draw(own.on("disk"), 20 * GIBI, 100 * GIBI),
                system);
    }

    private static SystemContainer systemContainer(Dice node, String name, Instant startedAt) {
        Dice own = node.on("system").on(name);
        return new SystemContainer(name, startedAt, Load.draw(own, 10_000, 200_000, 50 * MEBI, 400 * MEBI));
    }

    /**
     * A pod of an application, owned by a ReplicaSet.
     *
     * @param incarnation how many pods of this name were before it
     */
    SimulatedPod pod(SimulatedNode node, int slot, int incarnation, Instant startedAt) {
        Dice place = dice.on("pod").on(node.index()).on(slot);
        int application = (int) place.on("application").between(0, applications - 1);
        String base = "app-" + application;
        Dice kind = dice.on(base);
        String hash = kind.on("hash").letters(10);
        Map<String, String> labels = new TreeMap<>(
                Map.of("app", base, "pod-template-hash", hash, "tier", application % 2 == 0 ? "front" : "back"));
        SimulatedPod.Owner owner = new SimulatedPod.Owner(
                "ReplicaSet", base + "-" + hash, kind.on("owner").uuid().toString());
        Dice own = place.on(incarnation);
        // The slot is part of the suffix, so no two pods of one ReplicaSet meet in a name.
        String name = owner.name() + "-" + suffix(node.index(), slot, place);
        String address = "10." + (64 + node.index() / 250) + "." + node.index() % 250 + "." + (2 + slot % 250);
        return new SimulatedPod(
                own.uuid().toString(),
                namespaceName(application % shape.namespaces()),
                name,
                node.name(),
                slot,
                false,
                startedAt,
                labels,
                owner,
                node.address(),
                address,
                containers(kind, own, base, startedAt),
                overhead(own),
                Traffic.draw(own.on("traffic"), 200_000),
                Wave.draw(own.on("volume"), MEBI, 500 * MEBI));
    }

    /** A pod of a DaemonSet that uses the node's network. */
    SimulatedPod daemonPod(SimulatedNode node, int number, Instant startedAt) {
        String base = "agent-" + number;
        Dice own = dice.on("daemon").on(node.index()).on(number);
        Map<String, String> labels = new TreeMap<>(Map.of("app", base));
        return new SimulatedPod(
                own.uuid().toString(),
                SYSTEM_NAMESPACE,
                base + "-" + suffix(node.index(), number, own),
                node.name(),
                shape.podsPerNode() + number,
                true,
                startedAt,
                labels,
                new SimulatedPod.Owner("DaemonSet", base, dice.on(base).uuid().toString()),
                node.address(),
                node.address(),
                containers(dice.on(base), own, base, startedAt),
                overhead(own),
                node.traffic(),
                Wave.draw(own.on("volume"), MEBI, 10 * MEBI));
    }

    /** A second within the cluster's first hour. */
    Instant startOf(int node, int slot) {
        return shape.bornAt().plusSeconds(dice.on("start").on(node).on(slot).between(60, 3_599));
    }

    /** As the workload's template has them, which all its pods share; load and restarts are each pod's own. */
    private List<SimulatedContainer> containers(Dice template, Dice pod, String base, Instant podStartedAt) {
        double chance = shape.maxContainers() == 1 ? 0 : (shape.meanContainers() - 1) / (shape.maxContainers() - 1);
        List<SimulatedContainer> result = new ArrayList<>();
        for (int i = 0; i < shape.maxContainers(); i++) {
            Dice shared = template.on("container").on(i);
            if (i == 0 || shared.on("exists").chance(chance)) {
                // Its limits, twice as much, are above what any pod uses.
                Load asked = Load.draw(shared, 100_000, 200_000, 200 * MEBI, 400 * MEBI);
                Dice own = pod.on("container").on(i);
                result.add(new SimulatedContainer(
                        i == 0 ? "main" : "sidecar-" + i,
                        "registry.local/" + base + "/c" + i + ":1."
                                + shared.on("image").between(0, 9),
                        podStartedAt.plusSeconds(1 + i),
                        own.on("restarted").chance(0.1)
                                ? (int) own.on("restarts").between(1, 4)
                                : 0,
                        Resources.draw(shared, asked),
                        Load.draw(own, 1_000, 200_000, MEBI, 400 * MEBI),
                        Wave.draw(own.on("rootfs"), 4_096, 100 * MEBI),
                        Wave.draw(own.on("logs"), 4_096, 10 * MEBI)));
            }
        }
        return List.copyOf(result);
    }

    private static Load overhead(Dice pod) {
        return Load.draw(pod.on("overhead"), 10, 1_000, 128 * 1_024, MEBI);
    }

    private static String suffix(int node, int slot, Dice dice) {
        return Long.toString((long) node * 1_000 + slot, 36) + dice.letters(3);
    }

    static String nodeName(int index) {
        return String.format(Locale.ROOT, "node-%05d", index);
    }

    private static String namespaceName(int index) {
        return String.format(Locale.ROOT, "team-%02d", index);
    }
}
