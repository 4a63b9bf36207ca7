/** Writes the sums to the log, when this replica is the one that does. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.publish;
