/** What can be known of the container images without an engine that builds them. */
@org.jspecify.annotations.NullMarked
package io.heapster.images;
