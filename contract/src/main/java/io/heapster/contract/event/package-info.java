/** Kubernetes events as they lie on {@code heapster.events}; their schema is {@code src/main/proto/event_record.proto}. */
@org.jspecify.annotations.NullMarked
package io.heapster.contract.event;
