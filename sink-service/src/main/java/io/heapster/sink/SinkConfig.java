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

    /** How many values a sink with a coarser resolution may keep open: of one metric of one entity in one window each. */
    @WithDefault("5000000")
    long maxOpenValues();

    /** Pauses after failures of a backend. */
    Backoff backoff();

    /** Replacing the sinks at run time. */
    Api api();

    /** Replaying dead letters instead of running the service. */
    Replay replay();

    /** How long a clean shutdown waits for what was taken to be accepted. */
    @WithDefault("10s")
    Duration shutdownDeadline();

    /** How long a loop may stand still before this process is taken for dead. */
    @WithDefault("2m")
    Duration livenessLimit();

    /** Replacing the sinks at run time, {@code POST /api/v1/sinks}. */
    interface Api {
        /** File of the token that whoever replaces the sinks must show; without it nobody can. */
        Optional<String> tokenFile();
    }

    /** Replaying dead letters instead of running the service; the flags of the command. */
    interface Replay {
        /** Name of the sink whose letters are replayed; without it the service runs. */
        Optional<String> sink();

        /** Whether letters are only counted. */
        @WithDefault("false")
        boolean dryRun();

        /** What the reason of a letter contains. */
        Optional<String> reason();

        /** From when on letters were put aside: a time, or how long ago. */
        Optional<String> since();

        /** Before when letters were put aside: a time, or how long ago. */
        Optional<String> until();
    }

    /** Pauses after failures of a backend: doubled each time, shortened at random, without end. */
    interface Backoff {
        @WithDefault("1s")
        Duration first();

        @WithDefault("30s")
        Duration longest();
    }
}
