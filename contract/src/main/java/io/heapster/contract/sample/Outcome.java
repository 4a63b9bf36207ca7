package io.heapster.contract.sample;

/** How reading a node ended at one tick. */
public enum Outcome {
    OK(0),
    /** The node was asked and gave no usable answer; the batch says why and carries no samples. */
    FAILED(1),
    /** The node was not asked; the batch says why. */
    SKIPPED(2);

    private final int number;

    Outcome(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }
}
