@org.jspecify.annotations.NullMarked
package io.heapster.kafka;
