package io.heapster.sink.influxdb;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the database is there and keeps points as long as the user asked. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final InfluxDbClient client;
    private final String name;
    private final Optional<Duration> retention;

    Database(InfluxDbClient client, InfluxDbOptions options) {
        this.client = client;
        this.name = quoted(options.database());
        this.retention = options.retention();
    }

    /**
     * Creates or alters what differs from what was asked for. A user without the right to do so is no error as long as
     * the database is there.
     *
     * @return the retention policy to write to; empty = the database's own default
     * @throws IOException if InfluxDB is away, refuses the user, or the database is missing and cannot be made
     */
    String prepare() throws IOException, InterruptedException {
        try {
            List<RetentionPolicy> policies = policies();
            if (retention.isPresent()) {
                return apply(retention.get(), policies);
            }
            return policies.stream().anyMatch(p -> p.name().equals(RetentionPolicy.HEAPSTER))
                    ? RetentionPolicy.HEAPSTER
                    : "";
        } catch (StatementException e) {
            if (e.databaseMissing()) {
                return create();
            }
            if (e.notAllowed()) {
                LOG.info("database {}: the user may not see its retention policies, writing to its default", name);
                return "";
            }
            throw new IOException("database " + name + ": " + e.getMessage(), e);
        }
    }

    private String create() throws IOException, InterruptedException {
        try {
            client.query("CREATE DATABASE " + name + " WITH " + RetentionPolicy.clause(retention.orElse(Duration.ZERO))
                    + " NAME " + quoted(RetentionPolicy.HEAPSTER));
            LOG.info("created database {}", name);
            return RetentionPolicy.HEAPSTER;
        } catch (StatementException e) {
            throw new IOException(
                    "database " + name + " is missing and cannot be created, create it or give a user who may: "
                            + e.getMessage(),
                    e);
        }
    }

    private String apply(Duration wanted, List<RetentionPolicy> policies) throws IOException, InterruptedException {
        Optional<RetentionPolicy> present = policies.stream()
                .filter(p -> p.name().equals(RetentionPolicy.HEAPSTER))
                .findFirst();
        if (present.isPresent()
                && present.get().isDefault()
                && present.get().duration().equals(wanted)) {
            return RetentionPolicy.HEAPSTER;
        }
        String verb = present.isPresent() ? "ALTER" : "CREATE";
        try {
            client.query(verb + " RETENTION POLICY " + quoted(RetentionPolicy.HEAPSTER) + " ON " + name + " "
                    + RetentionPolicy.clause(wanted) + " DEFAULT");
            LOG.info("database {}: retention policy now {}", name, RetentionPolicy.clause(wanted));
            return RetentionPolicy.HEAPSTER;
        } catch (StatementException e) {
            LOG.warn("database {}: retention stays as it is: {}", name, e.getMessage());
            return present.isPresent() ? RetentionPolicy.HEAPSTER : "";
        }
    }

    private List<RetentionPolicy> policies() throws IOException, InterruptedException, StatementException {
        JsonNode table = client.query("SHOW RETENTION POLICIES ON " + name)
                .path("series")
                .path(0);
        List<String> columns = new ArrayList<>();
        table.path("columns").forEach(column -> columns.add(column.asText()));
        List<RetentionPolicy> policies = new ArrayList<>();
        for (JsonNode row : table.path("values")) {
            policies.add(RetentionPolicy.of(
                    row.path(columns.indexOf("name")).asText(),
                    row.path(columns.indexOf("duration")).asText("0"),
                    row.path(columns.indexOf("default")).asBoolean()));
        }
        return policies;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
