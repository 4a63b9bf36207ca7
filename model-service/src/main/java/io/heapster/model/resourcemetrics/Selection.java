package io.heapster.model.resourcemetrics;

import io.heapster.contract.sample.LabelKey;
import io.heapster.model.resourcemetrics.selector.FieldSelector;
import io.heapster.model.resourcemetrics.selector.LabelSelector;
import io.heapster.model.resourcemetrics.selector.LabelText;
import io.heapster.model.store.ContainerOwner;

/** Which nodes and pods a list is to have. Labels are looked at only where the selector asks for some. */
record Selection(LabelSelector labels, FieldSelector fields, LabelText labelText) {

    /** Writes the nodes that are wanted and known, ascending by name. */
    void writeNodes(CurrentUsage usage, Form form) {
        form.beginList(Kind.NODES);
        for (ContainerOwner node : usage.nodes()) {
            if (matches("", node)) {
                ObjectUsage object = usage.ofNode(node);
                if (object != null) {
                    form.item(object);
                }
            }
        }
        form.endList();
    }

    /**
     * Writes the pods that are wanted and known, ascending by namespace and name.
     *
     * @param namespaces ascending
     */
    void writePods(CurrentUsage usage, Iterable<String> namespaces, Completeness completeness, Form form) {
        form.beginList(Kind.PODS);
        for (String namespace : namespaces) {
            for (ContainerOwner pod : usage.pods(namespace)) {
                if (matches(namespace, pod)) {
                    ObjectUsage object = usage.ofPod(namespace, pod, completeness);
                    if (object != null) {
                        form.item(object);
                    }
                }
            }
        }
        form.endList();
    }

    private boolean matches(String namespace, ContainerOwner object) {
        if (!fields.matches(namespace, object.name())) {
            return false;
        }
        if (labels.isEverything()) {
            return true;
        }
        String joined = object.labels().get(LabelKey.LABELS);
        return labels.matches(key -> labelText.find(joined, key));
    }
}
