/** Last step of the flow: the way of records to Kafka, and which nodes and clusters are this process's. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.publish;
