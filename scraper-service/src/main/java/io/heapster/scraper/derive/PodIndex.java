package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.scraper.source.NodeInventory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the pod of an inventory that an entity of a reading is. */
final class PodIndex {
    private final List<NodeInventory.Pod> pods;
    private final Map<String, NodeInventory.Pod> byUid;

    /** Made when it is asked for: most kubelets tell the UIDs. */
    private @Nullable Map<String, NodeInventory.Pod> byName;

    PodIndex(NodeInventory inventory) {
        pods = inventory.pods();
        byUid = new HashMap<>(2 * pods.size());
        for (NodeInventory.Pod pod : pods) {
            if (!pod.kubeletUid().equals(pod.uid())) {
                byUid.putIfAbsent(pod.kubeletUid(), pod);
            }
        }
        for (NodeInventory.Pod pod : pods) {
            // Last, for it is surely the pod's: the annotation may have been copied with the rest of another pod.
            byUid.put(pod.uid(), pod);
        }
    }

    /**
     * By UID where the reading has one, so that a pod made again under its old name is not taken for the old one.
     *
     * @return null when the inventory does not know the pod
     */
    NodeInventory.@Nullable Pod find(Entity pod) {
        String uid = pod.label(LabelKey.POD_ID);
        NodeInventory.Pod known = byUid.get(uid);
        return known == null && uid.isEmpty()
                ? byName(pod.label(LabelKey.NAMESPACE_NAME), pod.label(LabelKey.POD_NAME))
                : known;
    }

    private NodeInventory.@Nullable Pod byName(String namespace, String name) {
        Map<String, NodeInventory.Pod> known = byName;
        if (known == null) {
            known = new HashMap<>(2 * pods.size());
            for (NodeInventory.Pod pod : pods) {
                known.put(pod.namespace() + "/" + pod.name(), pod);
            }
            byName = known;
        }
        return known.get(namespace + "/" + name);
    }
}
