package io.heapster.contract.metric;

/** How a metric's values relate to time. */
public enum MetricType {
    /** Grows since the start time of its entity; falls only when the entity restarts. */
    CUMULATIVE(0, "cumulative"),
    /** A state at the moment it was measured. */
    GAUGE(1, "gauge"),
    /** What was added since the sample before. */
    DELTA(2, "delta");

    private final int number;
    private final String text;

    MetricType(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** The word used in series names, schemas and documents: {@code cumulative}, {@code gauge}, {@code delta}. */
    public String text() {
        return text;
    }
}
