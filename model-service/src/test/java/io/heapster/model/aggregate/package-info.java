/** Tests of {@code io.heapster.model.aggregate}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.aggregate;
