/** The services as Maven built them, to be run as processes. */
@org.jspecify.annotations.NullMarked
package io.heapster.program;
