package io.heapster.benchmark;

import io.heapster.model.store.RejectionReason;
import io.heapster.model.store.Rejections;

/** Ends a measurement in which the store does not take all, for it would be of less than it says. */
final class StrictRejections implements Rejections {
    @Override
    public void points(RejectionReason reason, int count) {
        throw new IllegalStateException("the store refused " + count + " points: " + reason);
    }

    @Override
    public void labels(int count) {
        throw new IllegalStateException("the store cut " + count + " labels");
    }
}
