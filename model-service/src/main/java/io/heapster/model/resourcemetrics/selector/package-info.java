/** Chooses objects by their labels and fields, in the words of the API server. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.resourcemetrics.selector;
