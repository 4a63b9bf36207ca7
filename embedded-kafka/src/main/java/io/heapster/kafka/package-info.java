/** A real, small Kafka broker and controller inside this process, for one machine and for tests. */
@org.jspecify.annotations.NullMarked
package io.heapster.kafka;
