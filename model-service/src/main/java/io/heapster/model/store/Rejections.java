package io.heapster.model.store;

/** Told of what the store does not take. */
public interface Rejections {
    void points(RejectionReason reason, int count);

    /** Labels cut off or left out because of a limit. */
    void labels(int count);
}
