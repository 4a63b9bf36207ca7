/** Tests of {@code io.heapster.model.resourcemetrics.json}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.resourcemetrics.json;
