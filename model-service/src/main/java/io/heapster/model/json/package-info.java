/** Writes JSON and times as Go wrote them for Heapster and Kubernetes, to the byte. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.json;
