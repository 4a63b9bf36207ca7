package io.heapster.sink.influxdb;

/** How a server is spoken to; each of them takes line protocol, on a path of its own. */
enum Generation {
    /** InfluxDB 1.x, and VictoriaMetrics. */
    V1("/write", "s", "ms", "ns"),
    /** InfluxDB 2.x and Cloud; 1.8 and VictoriaMetrics have this path too. */
    V2("/api/v2/write", "s", "ms", "ns"),
    /** InfluxDB 3 Core and Enterprise. */
    V3("/api/v3/write_lp", "second", "millisecond", "nanosecond");

    private final String path;
    private final String seconds;
    private final String milliseconds;
    private final String nanoseconds;

    Generation(String path, String seconds, String milliseconds, String nanoseconds) {
        this.path = path;
        this.seconds = seconds;
        this.milliseconds = milliseconds;
        this.nanoseconds = nanoseconds;
    }

    String path() {
        return path;
    }

    /** The unit of timestamps as the parameter {@code precision} names it. */
    String precision(Precision precision) {
        return switch (precision) {
            case SECONDS -> seconds;
            case MILLISECONDS -> milliseconds;
            case NANOSECONDS -> nanoseconds;
        };
    }
}
