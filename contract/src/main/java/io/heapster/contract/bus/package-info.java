/** The topics, what their clients promise, and how a process owns one of their partitions. */
@org.jspecify.annotations.NullMarked
package io.heapster.contract.bus;
