/** Tests of {@code io.heapster.model.api}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.api;
