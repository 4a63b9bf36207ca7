package io.heapster.sink.influxdb;

/** The unit of a write's timestamps. */
enum Precision {
    SECONDS,
    MILLISECONDS,
    NANOSECONDS
}
