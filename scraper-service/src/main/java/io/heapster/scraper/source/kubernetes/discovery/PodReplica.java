package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapster.scraper.source.NodeInventory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pods that are bound to a node, by node and by UID. */
final class PodReplica implements Replica<Pod> {
    private volatile Map<String, Map<String, NodeInventory.Pod>> byNode = new ConcurrentHashMap<>();

    /** The pods of a node at this moment. */
    List<NodeInventory.Pod> on(String node) {
        Map<String, NodeInventory.Pod> pods = byNode.get(node);
        return pods == null ? List.of() : List.copyOf(pods.values());
    }

    @Override
    public Listing<Pod> list() {
        Map<String, Map<String, NodeInventory.Pod>> listed = new ConcurrentHashMap<>();
        return new Listing<>() {
            @Override
            public void add(Pod pod) {
                put(listed, pod);
            }

            @Override
            public void complete() {
                byNode = listed;
            }
        };
    }

    @Override
    public void changed(Pod pod) {
        put(byNode, pod);
    }

    @Override
    public void deleted(Pod pod) {
        byNode.computeIfPresent(Reduction.nodeOf(pod), (node, pods) -> {
            pods.remove(pod.getMetadata().getUid());
            return pods.isEmpty() ? null : pods;
        });
    }

    @Override
    public int size() {
        int size = 0;
        Collection<Map<String, NodeInventory.Pod>> nodes = byNode.values();
        for (Map<String, NodeInventory.Pod> pods : nodes) {
            size += pods.size();
        }
        return size;
    }

    private static void put(Map<String, Map<String, NodeInventory.Pod>> byNode, Pod pod) {
        String node = Reduction.nodeOf(pod);
        if (!node.isEmpty()) {
            NodeInventory.Pod reduced = Reduction.pod(pod);
            byNode.compute(node, (name, pods) -> {
                Map<String, NodeInventory.Pod> known = pods == null ? new ConcurrentHashMap<>() : pods;
                known.put(reduced.uid(), reduced);
                return known;
            });
        }
    }
}
