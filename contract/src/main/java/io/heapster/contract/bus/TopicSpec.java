package io.heapster.contract.bus;

import java.time.Duration;
import java.util.Map;

/**
 * A topic as it is made when it is missing.
 *
 * @param retention how long a record is kept; how long a consumer may be away without loss
 */
public record TopicSpec(String name, int partitions, Duration retention) {

    private static final int SEGMENTS_IN_RETENTION = 8;

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions of topic " + name + ": " + partitions
                    + " is not a number of partitions, give 1 or more");
        }
        if (retention.toMillis() < SEGMENTS_IN_RETENTION) {
            throw new IllegalArgumentException(
                    "retention of topic " + name + ": " + retention + " is too short, give a duration such as 24h");
        }
    }

    public TopicSpec withPartitions(int newPartitions) {
        return new TopicSpec(name, newPartitions, retention);
    }

    public TopicSpec withRetention(Duration newRetention) {
        return new TopicSpec(name, partitions, newRetention);
    }

    /** The topic's configuration in Kafka's own keys. */
    Map<String, String> configuration() {
        return Map.of(
                "cleanup.policy", "delete",
                "compression.type", "lz4",
                "message.timestamp.type", "CreateTime",
                "retention.ms", Long.toString(retention.toMillis()),
                // Only whole segments expire: without this a slow topic outlives its retention by a week.
                "segment.ms", Long.toString(retention.toMillis() / SEGMENTS_IN_RETENTION));
    }
}
