/** Answers the probes from this process alone: did my loop move, can I answer truthfully. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.health;
