/** What the simulated cluster consists of at this moment, and the exact figures every part of it has at any instant. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator.cluster;
