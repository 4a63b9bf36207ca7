/** Serves the documents recorded from a real one-node cluster, one round after the other. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator.recorded;
