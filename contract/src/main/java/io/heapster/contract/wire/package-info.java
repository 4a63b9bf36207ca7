/** The wire form of a sample batch; its schema is {@code src/main/proto/sample_batch.proto}. */
@org.jspecify.annotations.NullMarked
package io.heapster.contract.wire;
