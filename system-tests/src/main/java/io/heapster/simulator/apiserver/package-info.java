/** Speaks the part of the Kubernetes API that discovery needs: versioned objects, lists in chunks, watches. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator.apiserver;
