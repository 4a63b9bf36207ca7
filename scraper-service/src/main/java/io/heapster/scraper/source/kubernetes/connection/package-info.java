/** Finds the API server and says who we are: options of the source, credentials that are read anew, what is trusted. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.connection;
