package io.heapster.sink.influxdb;

import io.heapster.contract.uri.ComponentUri;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the URI of an InfluxDB says.
 *
 * @param address {@code http://host:port}
 * @param retention how long points are kept; zero = for ever; absent = as the database has it
 * @param clusterName value of the tag; empty = what the samples say
 * @param disableCounterMetrics whether counters that have a rate are left out
 * @param concurrency requests in flight
 */
record InfluxDbOptions(
        String address,
        String user,
        String password,
        String database,
        boolean insecureSsl,
        Optional<Duration> retention,
        String clusterName,
        Schema schema,
        boolean disableCounterMetrics,
        int concurrency) {

    static final Set<String> NAMES = Set.of(
            "user",
            "pw",
            "db",
            "secure",
            "insecuressl",
            "retention",
            "cluster_name",
            "withfields",
            "disable_counter_metrics",
            "concurrency",
            "schema");

    private static final int MOST_CONCURRENT = 64;

    static InfluxDbOptions of(ComponentUri uri) {
        return new InfluxDbOptions(
                address(uri),
                uri.option("user").orElse("root"),
                uri.option("pw").orElse("root"),
                database(uri),
                uri.booleanOption("insecuressl", false),
                retention(uri),
                uri.option("cluster_name").orElse(""),
                schema(uri),
                uri.booleanOption("disable_counter_metrics", false),
                uri.intOption("concurrency", 1, 1, MOST_CONCURRENT));
    }

    private static String address(ComponentUri uri) {
        boolean secure = uri.booleanOption("secure", uri.scheme().equals("https"));
        if (!uri.scheme().isEmpty() && !Set.of("http", "https").contains(uri.scheme())) {
            throw new IllegalArgumentException(
                    "sink influxdb: '" + uri.scheme()
                            + "' is not a way to reach InfluxDB, write influxdb:http://host:8086 or influxdb:https://host:8086");
        }
        if (uri.host().isEmpty() && !uri.path().isEmpty()) {
            throw new IllegalArgumentException(
                    "sink influxdb: '" + uri.path() + "' is not an address, write influxdb:http://host:8086");
        }
        String host = uri.host().isEmpty() ? "localhost:8086" : uri.host();
        return (secure ? "https://" : "http://") + host;
    }

    private static String database(ComponentUri uri) {
        String database = uri.option("db").orElse("k8s");
        if (database.isBlank()) {
            throw uri.wrong("db", database, "a name");
        }
        return database;
    }

    private static Optional<Duration> retention(ComponentUri uri) {
        if (uri.option("retention").isEmpty()) {
            return Optional.empty();
        }
        Duration retention = uri.durationOption("retention", Duration.ZERO);
        if (!retention.isZero() && retention.compareTo(RetentionPolicy.SHORTEST) < 0) {
            throw uri.wrong(
                    "retention", uri.option("retention").orElse(""), "a duration of at least 1h, or 0 for ever");
        }
        return Optional.of(retention);
    }

    private static Schema schema(ComponentUri uri) {
        boolean withFields = uri.booleanOption("withfields", false);
        String schema = uri.option("schema").orElse(withFields ? "v1" : "v0");
        return switch (schema) {
            case "v0" -> {
                if (withFields) {
                    throw uri.wrong("schema", schema, "v1 (or nothing) together with withfields=true");
                }
                yield Schema.V0;
            }
            case "v1" -> withFields ? Schema.V1_WITH_FIELDS : Schema.V1;
            default -> throw uri.wrong("schema", schema, "v0 or v1");
        };
    }
}
