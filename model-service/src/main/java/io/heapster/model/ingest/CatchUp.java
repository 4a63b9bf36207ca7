package io.heapster.model.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether everything has been read that was in the log when reading began. Once it has, that remains so: what is written
 * later is news, not history.
 */
final class CatchUp {
    private final Map<TopicPartition, Long> missing = new HashMap<>();
    private boolean begun;
    private volatile boolean done;

    /** The partition is to be read up to this offset. */
    void expect(TopicPartition partition, long endOffset) {
        if (!done) {
            missing.put(partition, endOffset);
            begun = true;
        }
    }

    void reached(TopicPartition partition, long position) {
        Long end = missing.get(partition);
        if (end != null && position >= end) {
            missing.remove(partition);
        }
    }

    /** Whether partitions were expected, and all their ends are reached. */
    boolean isReached() {
        return begun && missing.isEmpty();
    }

    void finish() {
        done = true;
    }

    Iterable<TopicPartition> missing() {
        return List.copyOf(missing.keySet());
    }

    boolean isDone() {
        return done;
    }
}
