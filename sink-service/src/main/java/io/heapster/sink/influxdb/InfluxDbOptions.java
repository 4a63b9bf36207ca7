package io.heapster.sink.influxdb;

import io.heapster.contract.uri.ComponentUri;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * What the URI of an InfluxDB says.
 *
 * @param address {@code http://host:port}
 * @param version how to speak to the server; absent = to be found out
 * @param userGiven whether user or password were given, rather than being the defaults of 1.x
 * @param database of 1.x and 3
 * @param organization of 2.x; empty = none
 * @param bucket of 2.x; the database's name unless given
 * @param token of 2.x and 3; empty = none
 * @param trust whose certificates are trusted; absent = those the Java installation trusts
 * @param retention how long points are kept; zero = for ever; absent = as the database has it
 * @param clusterName value of the tag; empty = what the samples say
 * @param disableCounterMetrics whether counters that have a rate are left out
 * @param events whether Kubernetes events are written too
 * @param concurrency requests in flight
 * @param compressed whether requests are compressed
 */
record InfluxDbOptions(
        String address,
        Optional<Generation> version,
        String user,
        String password,
        boolean userGiven,
        String database,
        String organization,
        String bucket,
        boolean bucketGiven,
        String token,
        Optional<SSLContext> trust,
        Optional<Duration> retention,
        String clusterName,
        Schema schema,
        LabelPlacement placement,
        boolean disableCounterMetrics,
        boolean events,
        int concurrency,
        boolean compressed) {

    static final Set<String> NAMES = Set.of(
            "version",
            "user",
            "pw",
            "db",
            "org",
            "bucket",
            "token",
            "secure",
            "insecuressl",
            "ca",
            "retention",
            "cluster_name",
            "withfields",
            "avoidColumns",
            "tags",
            "fields",
            "disable_counter_metrics",
            "events",
            "concurrency",
            "compression",
            "schema");

    private static final int MOST_CONCURRENT = 64;

    static InfluxDbOptions of(ComponentUri uri) {
        String address = address(uri);
        Optional<Generation> version = version(uri);
        Schema schema = schema(uri);
        String database = named(uri, "db", "k8s");
        return new InfluxDbOptions(
                address,
                version,
                uri.option("user").orElse("root"),
                uri.option("pw").orElse("root"),
                uri.option("user").isPresent() || uri.option("pw").isPresent(),
                database,
                uri.option("org").orElse(""),
                named(uri, "bucket", database),
                uri.option("bucket").isPresent(),
                uri.option("token").orElse(""),
                Trust.of(uri, address.startsWith("https")),
                retention(uri, version),
                uri.option("cluster_name").orElse(""),
                schema,
                LabelPlacement.of(uri, schema),
                uri.booleanOption("disable_counter_metrics", false),
                uri.booleanOption("events", true),
                uri.intOption("concurrency", 1, 1, MOST_CONCURRENT),
                compressed(uri));
    }

    private static Optional<Generation> version(ComponentUri uri) {
        Optional<String> version = uri.option("version");
        if (version.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (version.get()) {
                    case "1" -> Generation.V1;
                    case "2" -> Generation.V2;
                    case "3" -> Generation.V3;
                    default -> throw uri.wrong("version", version.get(), "1, 2 or 3, or nothing to find it out");
                });
    }

    private static boolean compressed(ComponentUri uri) {
        String compression = uri.option("compression").orElse("gzip");
        return switch (compression) {
            case "gzip" -> true;
            case "none" -> false;
            default -> throw uri.wrong("compression", compression, "gzip or none");
        };
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

    private static String named(ComponentUri uri, String option, String absent) {
        String name = uri.option(option).orElse(absent);
        if (name.isBlank()) {
            throw uri.wrong(option, name, "a name");
        }
        return name;
    }

    private static Optional<Duration> retention(ComponentUri uri, Optional<Generation> version) {
        if (uri.option("retention").isEmpty()) {
            return Optional.empty();
        }
        if (version.isPresent() && version.get() != Generation.V1) {
            throw uri.wrong(
                    "retention",
                    uri.option("retention").orElse(""),
                    "it with version=1 only; of InfluxDB 2 and 3 set the retention of the bucket or database itself");
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
