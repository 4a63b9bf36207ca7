package io.heapster.benchmark;

import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.simulator.cluster.Resources;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedContainer;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.cluster.SimulatedPod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What discovery would know of a simulated node. */
final class SimulatedInventory {
    private SimulatedInventory() {}

    static NodeInventory of(SimulatedCluster cluster, SimulatedNode node) {
        List<NodeInventory.Pod> pods = new ArrayList<>();
        Map<String, String> namespaceIds = new HashMap<>();
        for (SimulatedPod pod : cluster.pods(node.name())) {
            namespaceIds.put(pod.namespace(), new UUID(17, pod.namespace().hashCode()).toString());
            pods.add(new NodeInventory.Pod(
                    pod.uid(),
                    pod.uid(),
                    pod.namespace(),
                    pod.name(),
                    pod.address(),
                    pod.hostNetwork(),
                    Labels.of(pod.labels()),
                    pod.containers().stream().map(SimulatedInventory::container).toList()));
        }
        return new NodeInventory(
                true,
                Labels.of(node.labels()),
                node.cpuCapacity(),
                node.cpuAllocatable(),
                node.memoryCapacity(),
                node.memoryAllocatable(),
                node.diskCapacity(),
                node.diskCapacity(),
                true,
                pods,
                namespaceIds);
    }

    private static NodeInventory.Container container(SimulatedContainer container) {
        Resources resources = container.resources();
        return new NodeInventory.Container(
                container.name(),
                container.image(),
                orNone(resources.cpuRequest()),
                orNone(resources.cpuLimit()),
                orNone(resources.memoryRequest()),
                orNone(resources.memoryLimit()),
                0,
                0,
                container.restarts());
    }

    private static long orNone(long amount) {
        return amount == Resources.ABSENT ? 0 : amount;
    }
}
