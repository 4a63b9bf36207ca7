/** A service as a process under the load of a whole large cluster: what it costs and how it answers. */
@org.jspecify.annotations.NullMarked
package io.heapster.benchmark.scale;
