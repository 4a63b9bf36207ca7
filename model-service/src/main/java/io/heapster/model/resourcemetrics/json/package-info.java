/** Writes JSON as it becomes known, and quantities, times and durations as Kubernetes writes them. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.resourcemetrics.json;
