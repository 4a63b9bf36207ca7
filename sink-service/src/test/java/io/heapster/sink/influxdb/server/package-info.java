/** A real InfluxDB 1.x for tests, and a front that makes it fail. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.influxdb.server;
