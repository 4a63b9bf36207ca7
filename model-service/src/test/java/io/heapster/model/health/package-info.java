/** Tests of {@code io.heapster.model.health}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.health;
