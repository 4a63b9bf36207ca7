package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.influxdb.InfluxDbClient.Answer;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewerInfluxDbTest {
    private static final String TOKEN = "token=s3cret%3D%3D";
    private static final List<SampleBatch> ONE = List.of(TestBatches.node("a", 0, 1));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "204 | '' | 1.6.7 | '' | V1",
                "204 | '' | 1.8.10 | org=o&bucket=b&token=t | V1",
                "204 | '' | v2.7.11 | '' | V2",
                "204 | '' | 2.0.4 | '' | V2",
                "200 | '' | 3.4.1 | '' | V3",
                "200 | {\"version\":\"3.0.1\",\"revision\":\"x\"} | '' | '' | V3",
                "401 | '' | '' | token=t | V3",
                "204 | '' | '' | org=o&token=t | V2",
                "204 | '' | '' | bucket=b | V2",
                "204 | '' | '' | db=x | V1",
                "404 | nothing here | '' | '' | V1"
            })
    void aServerIsKnownByItsGreetingElseByWhatIsGivenToWriteWith(
            int status, String body, String version, String options, Generation expected) {
        InfluxDbOptions parsed = InfluxDbOptions.of(ComponentUri.parse("influxdb:?" + options, Map.of()));
        assertThat(Probe.generation(new Answer(status, body, ""), version, parsed))
                .isEqualTo(expected);
    }

    @Test
    void whatAnInfluxDb2NeedsIsSaidBeforeAnythingIsWritten() throws Exception {
        try (FakeInfluxDb server = new FakeInfluxDb(Generation.V2)) {
            assertThatThrownBy(() -> sink(server, "db=metrics").open())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("v2.7.11", "give token, org and bucket");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V2 | version=2&org=acme&bucket=metrics&token=wrong | check token",
                "V2 | version=2&org=acme&bucket=metrics | check token",
                "V2 | org=acme&bucket=other&token=s3cret%3D%3D | create the bucket",
                "V2 | org=emca&bucket=metrics&token=s3cret%3D%3D | correct org and bucket",
                "V2 | version=3&db=metrics&token=s3cret%3D%3D | give version=1 or version=2",
                "V3 | db=metrics&token=wrong | check token",
                "V3 | db=a%2Fb&token=s3cret%3D%3D | correct db"
            })
    void whatIsWrongWithTheRequestIsToldWithTheCureAndLosesNothing(Generation generation, String options, String cure)
            throws Exception {
        try (FakeInfluxDb server = new FakeInfluxDb(generation)) {
            assertThat(sink(server, options).write(ONE))
                    .isInstanceOfSatisfying(
                            RetryLater.class,
                            later -> assertThat(later.reason()).contains(cure).doesNotContain("s3cret"));
            assertThat(server.stored()).isEmpty();
        }
    }

    @Test
    void aTypeConflictIsLookedForByMetricIn2AndNamedByLineIn3() throws Exception {
        try (FakeInfluxDb server = new FakeInfluxDb(Generation.V2)) {
            server.occupy("memory/usage");
            assertThat(sink(server, "org=acme&bucket=metrics&" + TOKEN).write(ONE))
                    .isInstanceOfSatisfying(Suspect.class, suspect -> assertThat(suspect.suspicion())
                            .isEqualTo(Suspicion.METRIC));
        }
        try (FakeInfluxDb server = new FakeInfluxDb(Generation.V3)) {
            server.occupy("memory/usage");
            assertThat(sink(server, "db=metrics&" + TOKEN).write(ONE))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.points().stream())
                            .containsExactly(2, 7, 11));
            assertThat(server.stored()).hasSize(Points.count(ONE) - 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip", "none"})
    void requestsAreCompressedUnlessToldNotTo(String compression) throws Exception {
        try (FakeInfluxDb server = new FakeInfluxDb(Generation.V3)) {
            Sink sink = sink(server, "db=metrics&compression=" + compression + "&" + TOKEN);
            assertThat(sink.write(ONE)).isEqualTo(WriteOutcome.ACCEPTED);
            assertThat(server.stored()).hasSize(Points.count(ONE));
        }
    }

    @Test
    void ticksOffTheSecondComeInMillisecondsOfThatGeneration() throws Exception {
        SampleBatch batch = TestBatches.node("a", 0, 0);
        SampleBatch off = SampleBatch.ok(batch.nodeKey(), batch.tickMillis() + 500, 500, batch.entities());
        try (FakeInfluxDb server = new FakeInfluxDb(Generation.V3)) {
            assertThat(sink(server, "db=metrics&" + TOKEN).write(List.of(off))).isEqualTo(WriteOutcome.ACCEPTED);
            assertThat(server.stored())
                    .allSatisfy(point -> assertThat(point.timestamp()).isEqualTo(off.tickMillis()));
        }
    }

    private static Sink sink(FakeInfluxDb server, String options) {
        return new InfluxDbSinkFactory()
                .create(ComponentUri.parse("influxdb:" + server.address() + "?schema=v1&" + options, Map.of()));
    }
}
