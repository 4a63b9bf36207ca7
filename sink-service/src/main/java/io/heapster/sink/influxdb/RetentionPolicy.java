package io.heapster.sink.influxdb;

import io.heapster.contract.uri.Durations;
import java.time.Duration;

/**
 * How long a database keeps points written under a name.
 *
 * @param duration zero = for ever
 * @param isDefault whether writes and queries that name no policy mean this one
 */
record RetentionPolicy(String name, Duration duration, boolean isDefault) {
    /** InfluxDB refuses shorter ones. */
    static final Duration SHORTEST = Duration.ofHours(1);

    /** The name Heapster always wrote to. */
    static final String HEAPSTER = "default";

    static RetentionPolicy of(String name, String duration, boolean isDefault) {
        return new RetentionPolicy(name, Durations.parse(duration), isDefault);
    }

    /** The part of a statement that asks for this duration. */
    static String clause(Duration duration) {
        String length = duration.isZero() ? "INF" : duration.toSeconds() + "s";
        return "DURATION " + length + " REPLICATION 1 SHARD DURATION "
                + shard(duration).toHours() + "h";
    }

    /** What InfluxDB itself chooses; said aloud, since altering only the duration fails when shards are longer. */
    private static Duration shard(Duration duration) {
        if (duration.isZero() || duration.toDays() > 180) {
            return Duration.ofDays(7);
        }
        return duration.toDays() >= 2 ? Duration.ofDays(1) : Duration.ofHours(1);
    }
}
