/** What a user writes to name a source or a sink: {@code key:url?options}. */
@org.jspecify.annotations.NullMarked
package io.heapster.contract.uri;
