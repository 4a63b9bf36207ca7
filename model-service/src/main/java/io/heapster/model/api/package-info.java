/** Serves the model over HTTP, path by path and byte by byte as Heapster 1.x did. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.api;
