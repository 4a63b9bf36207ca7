/** What a user writes on a command line, in every way Heapster accepted. */
@org.jspecify.annotations.NullMarked
package io.heapster.contract.flag;
