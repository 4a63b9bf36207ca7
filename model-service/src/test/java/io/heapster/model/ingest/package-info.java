/** Tests of {@code io.heapster.model.ingest}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.ingest;
