/** Writes samples to the standard output, a line an entity and tick, and events, a line each. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.log;
