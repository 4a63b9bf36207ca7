/** What a sample costs, measured with JMH. */
@org.jspecify.annotations.NullMarked
package io.heapster.benchmark;
