package io.heapster.model.resourcemetrics;

import java.util.List;

/**
 * What a node or a pod uses.
 *
 * @param namespace empty for a node
 * @param labels its labels in Kubernetes, joined
 * @param usage of a pod the sum of its containers
 * @param containers ascending by name; of a node none
 */
record ObjectUsage(
        Kind kind, String namespace, String name, String labels, Usage usage, List<ContainerUsage> containers) {}
