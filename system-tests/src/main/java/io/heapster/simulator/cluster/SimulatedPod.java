package io.heapster.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A running pod. A pod made again under its name has another UID, other containers and other rates.
 *
 * @param uid identity
 * @param namespace where its name is unique
 * @param name name
 * @param node name of the node it runs on
 * @param slot its place on the node, from 0; goes into its address
 * @param hostNetwork whether it uses the node's network
 * @param startedAt its counters begin here
 * @param labels labels
 * @param owner what made it
 * @param hostAddress the node's address
 * @param address pod IP; the node's for a host-network pod
 * @param containers at least one
 * @param overhead what the pod uses beside its containers
 * @param traffic its network; the node's for a host-network pod
 * @param volume course of the bytes in its only volume, named {@code data}
 */
public record SimulatedPod(
        String uid,
        String namespace,
        String name,
        String node,
        int slot,
        boolean hostNetwork,
        Instant startedAt,
        Map<String, String> labels,
        Owner owner,
        String hostAddress,
        String address,
        List<SimulatedContainer> containers,
        Load overhead,
        Traffic traffic,
        Wave volume) {

    /**
     * The controller of a pod.
     *
     * @param kind ReplicaSet or DaemonSet
     * @param name its name
     * @param uid its identity
     */
    public record Owner(String kind, String name, String uid) {}

    /** The container of this name. */
    public SimulatedContainer container(String containerName) {
        for (SimulatedContainer container : containers) {
            if (container.name().equals(containerName)) {
                return container;
            }
        }
        throw new IllegalArgumentException("pod " + name + " has no container " + containerName);
    }

    SimulatedPod withRestarted(String containerName, Instant instant) {
        SimulatedContainer before = container(containerName);
        List<SimulatedContainer> after = new ArrayList<>(containers);
        after.set(after.indexOf(before), before.restartedAt(instant));
        return new SimulatedPod(
                uid,
                namespace,
                name,
                node,
                slot,
                hostNetwork,
                startedAt,
                labels,
                owner,
                hostAddress,
                address,
                List.copyOf(after),
                overhead,
                traffic,
                volume);
    }
}
