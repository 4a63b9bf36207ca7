package io.heapster.sink.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what the open windows of one sink hold, so that they never hold much more than they may. For its lanes. */
final class OpenValues {
    private final AtomicLong count = new AtomicLong();
    private final long limit;

    /** @param limit how many values, each of one metric of one entity in one window */
    OpenValues(long limit) {
        this.limit = limit;
    }

    boolean haveRoomFor(int more) {
        return count.get() + more <= limit;
    }

    void opened(int values) {
        count.addAndGet(values);
    }

    void closed(int values) {
        count.addAndGet(-values);
    }

    long count() {
        return count.get();
    }
}
