/** Reads machines outside Kubernetes from the cAdvisor that runs on each: what machines there are, and what they use. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.cadvisor;
