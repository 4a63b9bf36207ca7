/** Third step of the flow: pure functions that make of a node's raw entities what its record carries. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.derive;
