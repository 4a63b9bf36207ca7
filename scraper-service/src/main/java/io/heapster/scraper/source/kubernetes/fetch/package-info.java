/** Asks kubelets for their documents, each within its own deadline. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.fetch;
