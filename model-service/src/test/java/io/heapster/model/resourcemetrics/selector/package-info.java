/** Tests of {@code io.heapster.model.resourcemetrics.selector}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.resourcemetrics.selector;
