package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseIT {
    /** Points must lie inside the retention asked for. */
    private static final int NOW = (int) ((System.currentTimeMillis() - TestBatches.TICK) / TestBatches.RESOLUTION);

    private static InfluxDbServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = InfluxDbServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    void aMissingDatabaseIsMadeWithTheRetentionAskedFor() throws Exception {
        write("db=new-db&retention=30d");
        assertThat(policies("new-db")).containsExactly("default 720h0m0s true");
        assertThat(count("new-db")).isPositive();
    }

    @Test
    void anExistingDatabaseGetsTheRetentionAskedFor() throws Exception {
        server.query("", "CREATE DATABASE existing");
        write("db=existing&retention=4h");
        assertThat(policies("existing")).containsExactly("autogen 0s false", "default 4h0m0s true");
    }

    @Test
    void aChangedRetentionIsAppliedAndForEverIsARetentionToo() throws Exception {
        write("db=changing&retention=30d");
        write("db=changing&retention=4h");
        assertThat(policies("changing")).containsExactly("default 4h0m0s true");
        write("db=changing&retention=0");
        assertThat(policies("changing")).containsExactly("default 0s true");
    }

    @Test
    void withoutAWishADatabaseKeepsItsPoliciesAndPointsAreFoundInItsDefault() throws Exception {
        server.query("", "CREATE DATABASE \"as it is\" WITH DURATION 52w NAME \"mine\"");
        write("db=as%20it%20is");
        assertThat(policies("as it is")).containsExactly("mine 8736h0m0s true");
        assertThat(count("as it is")).isPositive();
    }

    @Test
    void aDatabaseDroppedUnderTheSinkIsMadeAgain() throws Exception {
        Sink sink = sink(server.address() + "?db=dropped&schema=v1");
        sink.open();
        server.query("", "DROP DATABASE dropped");
        assertThat(sink.write(List.of(TestBatches.node("a", NOW, 1)))).isInstanceOf(WriteOutcome.RetryLater.class);
        assertThat(sink.write(List.of(TestBatches.node("a", NOW, 1)))).isEqualTo(WriteOutcome.ACCEPTED);
        assertThat(count("dropped")).isPositive();
    }

    @Test
    void whoMayOnlyWriteWritesAndAWrongPasswordIsNoRefusalOfPoints() throws Exception {
        try (InfluxDbServer guarded = InfluxDbServer.startWith("auth-enabled = true")) {
            guarded.query("", "CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
            Sink admin = sink(guarded.address() + "?user=admin&pw=secret&db=guarded");
            admin.open();
            InfluxDbClient client = new InfluxDbClient(InfluxDbOptions.of(
                    ComponentUri.parse("influxdb:" + guarded.address() + "?user=admin&pw=secret", Map.of())));
            client.query("CREATE USER writer WITH PASSWORD 'pen'");
            client.query("GRANT WRITE ON guarded TO writer");

            Sink writer = sink(guarded.address() + "?user=writer&pw=pen&db=guarded&retention=4h");
            writer.open();
            assertThat(writer.write(List.of(TestBatches.node("a", NOW, 1)))).isEqualTo(WriteOutcome.ACCEPTED);

            Sink thief = sink(guarded.address() + "?user=admin&pw=guess&db=guarded");
            assertThat(thief.write(List.of(TestBatches.node("a", NOW, 1))))
                    .isInstanceOfSatisfying(WriteOutcome.RetryLater.class, later -> assertThat(later.reason())
                            .contains("401", "check user and pw"));
        }
    }

    @Test
    void theServersOwnLimitOfARequestDividesIt() throws Exception {
        try (InfluxDbServer small = InfluxDbServer.startWith("max-body-size = 300")) {
            Sink sink = sink(small.address() + "?db=small");
            sink.open();
            assertThat(sink.write(List.of(TestBatches.node("a", NOW, 30)))).isInstanceOf(WriteOutcome.TooLarge.class);
        }
    }

    private static void write(String options) throws Exception {
        Sink sink = sink(server.address() + "?schema=v1&" + options);
        sink.open();
        assertThat(sink.write(List.of(TestBatches.node("a", NOW, 1)))).isEqualTo(WriteOutcome.ACCEPTED);
    }

    private static Sink sink(String url) {
        return new InfluxDbSinkFactory().create(ComponentUri.parse("influxdb:" + url, Map.of()));
    }

    private static List<String> policies(String database) throws Exception {
        JsonNode rows = server.query(database, "SHOW RETENTION POLICIES ON \"" + database + "\"")
                .path("results")
                .path(0)
                .path("series")
                .path(0)
                .path("values");
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path(0).asText() + " " + row.path(1).asText() + " "
                        + row.path(4).asBoolean())
                .toList();
    }

    /** Points of one measurement, asked for as a user does: naming no policy. */
    private static int count(String database) throws Exception {
        return server.names(database, "SELECT value FROM \"memory/usage\"").size();
    }
}
