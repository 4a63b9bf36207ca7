/** One command on one machine: an embedded Kafka and the three services in one process. */
@org.jspecify.annotations.NullMarked
package io.heapster.standalone;
