/** Serves the newest values of all entities in one stream, and their schema, as Heapster did for Google's engine. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.export;
