/** First step of the flow: what a source of samples is. Each source has a package of its own below this one. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source;
