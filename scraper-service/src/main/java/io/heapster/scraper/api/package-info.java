/** What the scraper tells of itself over HTTP. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.api;
