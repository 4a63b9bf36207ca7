package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapster.scraper.source.NodeInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pods that are bound to a node, by node. Of each node a list that a change puts another one in the place of. */
final class PodReplica implements Replica<Pod> {
    private volatile Map<String, List<NodeInventory.Pod>> byNode = new ConcurrentHashMap<>();

    /** The pods of a node at this moment; not changed any more. */
    List<NodeInventory.Pod> on(String node) {
        return byNode.getOrDefault(node, List.of());
    }

    @Override
    public Listing<Pod> list() {
        Map<String, List<NodeInventory.Pod>> listed = new ConcurrentHashMap<>();
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
            List<NodeInventory.Pod> left = without(pods, pod.getMetadata().getUid(), 0);
            return left.isEmpty() ? null : List.copyOf(left);
        });
    }

    @Override
    public int size() {
        int size = 0;
        for (List<NodeInventory.Pod> pods : byNode.values()) {
            size += pods.size();
        }
        return size;
    }

    private static void put(Map<String, List<NodeInventory.Pod>> byNode, Pod pod) {
        String node = Reduction.nodeOf(pod);
        if (!node.isEmpty()) {
            NodeInventory.Pod reduced = Reduction.pod(pod);
            byNode.compute(node, (name, pods) -> {
                List<NodeInventory.Pod> now = without(pods == null ? List.of() : pods, reduced.uid(), 1);
                now.add(reduced);
                return List.copyOf(now);
            });
        }
    }

    /** @param room for how many more */
    private static List<NodeInventory.Pod> without(List<NodeInventory.Pod> pods, String uid, int room) {
        List<NodeInventory.Pod> others = new ArrayList<>(pods.size() + room);
        for (NodeInventory.Pod pod : pods) {
            if (!pod.uid().equals(uid)) {
                others.add(pod);
            }
        }
        return others;
    }
}
