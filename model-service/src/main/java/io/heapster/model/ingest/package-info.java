/** Reads the log, all of it that is younger than the window, and hands on every batch in it. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.ingest;
