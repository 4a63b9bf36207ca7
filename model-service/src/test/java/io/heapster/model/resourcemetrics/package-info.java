/** Tests of {@code io.heapster.model.resourcemetrics}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.resourcemetrics;
