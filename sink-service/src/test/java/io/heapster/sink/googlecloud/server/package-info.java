/** The other end of the Google Cloud sinks: servers of the real protocol that enforce the documented limits. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.googlecloud.server;
