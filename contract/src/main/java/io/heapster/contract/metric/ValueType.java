package io.heapster.contract.metric;

/** The one type all values of a metric have, for ever: a store that saw an integer refuses a float later. */
public enum ValueType {
    INT64("int64"),
    DOUBLE("double");

    private final String text;

    ValueType(String text) {
        this.text = text;
    }

    /** The word Heapster's schema uses: {@code int64} or {@code double}. */
    public String text() {
        return text;
    }
}
