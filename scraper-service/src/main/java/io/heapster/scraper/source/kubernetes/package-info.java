/** The source {@code kubernetes.summary_api}: every node of a cluster, read from its kubelet's {@code /stats/summary}. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes;
