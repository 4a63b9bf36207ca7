/** Makes entities of what a kubelet answers to {@code POST /stats/container/}: every control group of its node. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.containers;
