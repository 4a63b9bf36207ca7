/** Sums pods up to namespaces and the cluster, once for each tick that is closed. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.aggregate;
