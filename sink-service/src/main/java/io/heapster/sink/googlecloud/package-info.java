/** How the services of Google Cloud are reached: project, credentials, channel, monitored resources, refusals. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.googlecloud;
