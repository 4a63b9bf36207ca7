/** Runs a simulated or recorded cluster as one thing: what to start, where it answers, how to ask for it on a command line. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator;
