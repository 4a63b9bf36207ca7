package io.heapster.sink;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the sink service. */
@ConfigMapping(prefix = "heapster.sink")
public interface SinkConfig {

    /** The sinks as URIs, for instance {@code influxdb:http://host:8086?db=k8s}. Without any, nothing is written. */
    Optional<List<String>> sinks();

    /** How much each sink may have taken from Kafka and not yet written, in bytes as Kafka holds them. */
    @WithDefault("16777216")
    long bufferBytes();

    /** Pauses after failures of a backend. */
    Backoff backoff();

    /** How long a clean shutdown waits for what was taken to be accepted. */
    @WithDefault("10s")
    Duration shutdownDeadline();

    /** How long a loop may stand still before this process is taken for dead. */
    @WithDefault("2m")
    Duration livenessLimit();

    /** Pauses after failures of a backend: doubled each time, shortened at random, without end. */
    interface Backoff {
        @WithDefault("1s")
        Duration first();

        @WithDefault("30s")
        Duration longest();
    }
}
