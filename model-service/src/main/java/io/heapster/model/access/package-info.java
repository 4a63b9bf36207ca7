/** Decides who may ask the model, before any of it is read: TLS, client certificates, tokens, the API server's word. */
@org.jspecify.annotations.NullMarked
package io.heapster.model.access;
