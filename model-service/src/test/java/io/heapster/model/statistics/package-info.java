/** Tests of {@code io.heapster.model.statistics}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.statistics;
