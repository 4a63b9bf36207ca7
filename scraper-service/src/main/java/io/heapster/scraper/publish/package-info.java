/** Last step of the flow: the way of a node's record to Kafka, and which nodes are this process's to read. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.publish;
