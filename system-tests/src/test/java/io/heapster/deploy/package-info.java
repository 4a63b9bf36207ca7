/** What an operator installs, against the code's own names and against real parts. */
@org.jspecify.annotations.NullMarked
package io.heapster.deploy;
