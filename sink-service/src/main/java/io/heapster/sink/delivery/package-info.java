/** Gets what was taken accepted by one sink: retries without end, divides, and puts aside what is refused for good. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.delivery;
