/** The scraper service: reads nodes at every tick and publishes what they use. {@code ScraperPipeline} is the flow. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper;
