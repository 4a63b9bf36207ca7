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
        if (known == null && (uid.isEmpty() || isStaticPod(uid))) {
            known = byName.get(pod.label(LabelKey.NAMESPACE_NAME) + "/" + pod.label(LabelKey.POD_NAME));
        }
        return known;
    }

    /** A kubelet names a pod of its own files by a hash, which the API server's mirror of the pod does not have. */
    private static boolean isStaticPod(String uid) {
        return uid.indexOf('-') < 0;
    }
}
