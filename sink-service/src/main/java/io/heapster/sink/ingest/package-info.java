/** Takes the records of one sink from Kafka, commits what was accepted, and keeps what was refused. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.ingest;
