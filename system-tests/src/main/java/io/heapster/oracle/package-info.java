/** Computes from raw documents, slowly and obviously, the figures the pipeline has to show. */
@org.jspecify.annotations.NullMarked
package io.heapster.oracle;
