package io.heapster.model.store;

import java.util.EnumMap;
import java.util.Map;

/** Remembers what was refused. */
public final class CountedRejections implements Rejections {
    private final Map<RejectionReason, Integer> points = new EnumMap<>(RejectionReason.class);
    private int labels;

    @Override
    public void points(RejectionReason reason, int count) {
        points.merge(reason, count, Integer::sum);
    }

    @Override
    public void labels(int count) {
        labels += count;
    }

    public Map<RejectionReason, Integer> points() {
        return points;
    }

    public int labels() {
        return labels;
    }
}
