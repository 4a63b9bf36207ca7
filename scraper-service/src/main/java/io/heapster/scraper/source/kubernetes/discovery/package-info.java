/** Follows nodes, pods and namespaces of the API server and keeps of each the few fields that are used. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.discovery;
