/** Tests of {@code io.heapster.model.publish}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.publish;
