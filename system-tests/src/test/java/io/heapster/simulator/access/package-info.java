/** What is promised of the package of the same name. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator.access;
