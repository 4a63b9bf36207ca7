package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.scraper.source.NodeInventory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the pod of an inventory that an entity of a reading is. */
final class PodIndex {
    private final Map<String, NodeInventory.Pod> byUid = new HashMap<>();
    private final Map<String, NodeInventory.Pod> byName = new HashMap<>();

    PodIndex(NodeInventory inventory) {
        for (NodeInventory.Pod pod : inventory.pods()) {
            byUid.putIfAbsent(pod.kubeletUid(), pod);
            // Last, for it is surely the pod's: the annotation may have been copied with the rest of another pod.
            byUid.put(pod.uid(), pod);
            byName.put(pod.namespace() + "/" + pod.name(), pod);
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
        if (known == null && uid.isEmpty()) {
            known = byName.get(pod.label(LabelKey.NAMESPACE_NAME) + "/" + pod.label(LabelKey.POD_NAME));
        }
        return known;
    }
}
