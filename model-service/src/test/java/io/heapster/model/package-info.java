/** Tests of the model service as a whole. */
@org.jspecify.annotations.NullMarked
package io.heapster.model;
