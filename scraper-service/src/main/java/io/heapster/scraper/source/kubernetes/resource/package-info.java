/** Makes entities of a kubelet's {@code /metrics/resource}: processor and memory, as text in Prometheus' format. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.resource;
