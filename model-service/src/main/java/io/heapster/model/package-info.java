/** The model service: reads the log, keeps its last minutes, sums up what needs many nodes, and serves it all. */
@org.jspecify.annotations.NullMarked
package io.heapster.model;
