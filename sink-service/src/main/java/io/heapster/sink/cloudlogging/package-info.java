/** Kubernetes events and samples to Google Cloud Logging (API v2) as structured entries. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.cloudlogging;
