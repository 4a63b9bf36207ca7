/** What one node reported for one tick: entities with their labels and columns of samples. */
@org.jspecify.annotations.NullMarked
package io.heapster.contract.sample;
