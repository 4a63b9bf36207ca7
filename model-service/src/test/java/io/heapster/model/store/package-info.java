/** Tests of {@code io.heapster.model.store}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.store;
