/** What a sink is: the contract between delivery and a backend; it knows nothing of Kafka. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.spi;
