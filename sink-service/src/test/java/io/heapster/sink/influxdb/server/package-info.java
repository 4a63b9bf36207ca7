/** A real InfluxDB 1.x and a real VictoriaMetrics for tests, and a front that makes them fail. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.influxdb.server;
