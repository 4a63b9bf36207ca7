package io.heapster.contract.metric;

/** The unit of a metric's values. */
public enum Unit {
    /** A plain number; also millicores and shares, as in Heapster. Left out of series names. */
    COUNT(""),
    BYTES("bytes"),
    MILLISECONDS("ms"),
    NANOSECONDS("ns");

    private final String text;

    Unit(String text) {
        this.text = text;
    }

    /** The word used in series names and schemas; empty for a count. */
    public String text() {
        return text;
    }
}
