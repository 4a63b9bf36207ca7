/** Tests of who may ask: rules by themselves, then real handshakes with certificates made here. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.access;
