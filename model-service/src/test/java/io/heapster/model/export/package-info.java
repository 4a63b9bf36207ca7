/** Tests of {@code io.heapster.model.export}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.export;
