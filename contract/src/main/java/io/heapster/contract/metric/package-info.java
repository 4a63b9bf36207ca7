/** The metric catalogue: what can be measured, in which unit, under which stable number. */
@org.jspecify.annotations.NullMarked
package io.heapster.contract.metric;
