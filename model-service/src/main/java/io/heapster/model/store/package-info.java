/** Keeps every sample of every entity for the window, compressed, one writer and any number of readers. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.store;
