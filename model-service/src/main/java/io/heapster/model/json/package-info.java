/** Writes JSON and times as Go wrote them for Heapster, to the byte. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.json;
