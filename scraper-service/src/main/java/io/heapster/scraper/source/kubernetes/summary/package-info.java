/** Decodes a kubelet's summary document into entities with labels, times and samples, in one pass over its bytes. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.summary;
