/** Brings every sample from Kafka to every backend the user named: ingest, delivery, sink. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink;
