/** Follows the events of a cluster at its API server and makes records of them. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.events;
