/** Kafka over TLS and SASL, with real handshakes. */
@org.jspecify.annotations.NullMarked
package io.heapster.security;
