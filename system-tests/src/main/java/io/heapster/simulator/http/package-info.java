/** One HTTP server on a port of its own, plain or with TLS. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator.http;
