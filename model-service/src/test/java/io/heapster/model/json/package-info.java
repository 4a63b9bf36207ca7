/** Tests of {@code io.heapster.model.json}. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.json;
