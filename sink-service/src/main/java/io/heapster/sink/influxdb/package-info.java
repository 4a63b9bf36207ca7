/** Writes samples to InfluxDB 1.x as line protocol over HTTP. */
@org.jspecify.annotations.NullMarked
package io.heapster.sink.influxdb;
