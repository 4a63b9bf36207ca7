/** Asks the nodes of any source by HTTP, each question within its own deadline. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.fetch;
