package io.heapster.model.export;

import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The labels that are exported, and what they mean. */
final class ExportedLabels {
    /** A label and a sentence about it. */
    record Descriptor(String key, String description) {}

    static final List<Descriptor> COMMON = List.of(
            new Descriptor(LabelKey.NODENAME, "Name of the node"),
            new Descriptor(LabelKey.HOSTNAME, "Host name of the node"),
            new Descriptor(LabelKey.HOST_ID, "Identity of the machine as its cloud knows it"));

    static final List<Descriptor> OF_CONTAINERS = List.of(
            new Descriptor(
                    LabelKey.CONTAINER_NAME, "Name of the container; 'machine' for a node and '/pod' for a pod itself"),
            new Descriptor(LabelKey.CONTAINER_BASE_IMAGE, "Image that the container was started from"));

    static final List<Descriptor> OF_PODS = List.of(
            new Descriptor(LabelKey.POD_NAME, "Name of the pod"),
            new Descriptor(LabelKey.POD_ID, "UID of the pod"),
            new Descriptor(LabelKey.NAMESPACE_ID, "UID of the pod's namespace"),
            new Descriptor(LabelKey.NAMESPACE_NAME, "Name of the pod's namespace"),
            new Descriptor(LabelKey.LABELS, "All labels of the pod, as key:value joined by commas"));

    private static final Map<String, String> OF_RESOURCES = Map.of(
            LabelKey.RESOURCE_ID, "File system or device that the value is of",
            LabelKey.MAKE, "Maker of the accelerator",
            LabelKey.MODEL, "Model of the accelerator",
            LabelKey.ACCELERATOR_ID, "Identity of the accelerator");

    private static final Set<String> KEYS = Stream.of(COMMON, OF_CONTAINERS, OF_PODS)
            .flatMap(List::stream)
            .map(Descriptor::key)
            .collect(Collectors.toUnmodifiableSet());

    private static final String NODE_ITSELF = "machine";
    private static final String POD_ITSELF = "/pod";

    private ExportedLabels() {}

    static boolean contains(String key) {
        return KEYS.contains(key);
    }

    /** A label of a metric's resources. */
    static Descriptor ofResource(String key) {
        return new Descriptor(key, OF_RESOURCES.getOrDefault(key, ""));
    }

    /** An entity's labels with the name by which nodes and pods go among containers. */
    static Labels named(EntityType type, Labels labels) {
        return switch (type) {
            case NODE -> labels.with(LabelKey.CONTAINER_NAME, NODE_ITSELF);
            case POD -> labels.with(LabelKey.CONTAINER_NAME, POD_ITSELF);
            case CLUSTER, NAMESPACE, SYSTEM_CONTAINER, POD_CONTAINER -> labels;
        };
    }
}
