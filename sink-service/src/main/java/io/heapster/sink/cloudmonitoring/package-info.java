/** Samples to Google Cloud Monitoring (API v3) as custom metrics. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.cloudmonitoring;
