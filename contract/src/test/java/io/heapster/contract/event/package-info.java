@org.jspecify.annotations.NullMarked
package io.heapster.contract.event;
