/** Sums up the last minute, hour and day of every series of an entity. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.statistics;
