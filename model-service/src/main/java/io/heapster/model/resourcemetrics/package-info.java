/** Serves the present usage of nodes and pods to Kubernetes: {@code metrics.k8s.io}, and Heapster's own such API. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.resourcemetrics;
