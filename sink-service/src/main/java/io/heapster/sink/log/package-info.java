/** Writes samples to the standard output, a line an entity and tick. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.log;
