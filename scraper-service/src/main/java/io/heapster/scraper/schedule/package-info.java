/** Second step of the flow: when each node is read, and that every node answers every tick. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.schedule;
