package io.heapster.model.store;

/** Why points were not taken. */
public enum RejectionReason {
    /** Their tick had left the window. */
    OLD("old"),
    /** Their tick lies further ahead than clocks differ. */
    FUTURE("future"),
    /** The same values were there already, or another bearer of the entity's name had a better claim to the tick. */
    DUPLICATE("duplicate"),
    /** They came late for a bucket of the model resolution whose rows are one row already. */
    MERGED("merged"),
    /** There was no room for one more entity. */
    LIMIT("limit"),
    /** There was no room for more points. */
    POINTS("points"),
    /** Their entity lacked the label that names it. */
    UNNAMED("unnamed");

    private final String label;

    RejectionReason(String label) {
        this.label = label;
    }

    /** Value of the label {@code reason}. */
    public String label() {
        return label;
    }
}
