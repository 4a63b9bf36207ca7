package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.sink.influxdb.InfluxDbClient.Answer;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import io.heapster.sink.spi.WriteOutcome.TooLarge;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static final String CONFLICT =
            "{\"error\":\"partial write: field type conflict: input field \\\"value\\\" on measurement \\\"m\\\" is type"
                    + " float, already exists as type integer dropped=2\"}\n";

    @Test
    void nothingToSayIsAcceptance() {
        assertThat(of(204, "", "")).isEqualTo(WriteOutcome.ACCEPTED);
    }

    @Test
    void aTypeConflictOfSomePointsIsLookedForByMetric() {
        assertThat(of(400, CONFLICT, ""))
                .isInstanceOfSatisfying(Suspect.class, suspect -> assertThat(suspect.suspicion())
                        .isEqualTo(Suspicion.METRIC));
    }

    @Test
    void whenAllWereDroppedNoneNeedsToBeLookedFor() {
        assertThat(Answers.outcome(new Answer(400, CONFLICT, ""), request(Generation.V1, 2)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.points()).isEqualTo(Points.all(2));
                    assertThat(rejected.reason()).contains("already exists as type integer");
                });
    }

    @Test
    void aLineThatCannotBeReadIsLookedForByEntity() {
        assertThat(of(400, "{\"error\":\"unable to parse 'x': missing fields\"}", ""))
                .isInstanceOfSatisfying(Suspect.class, suspect -> assertThat(suspect.suspicion())
                        .isEqualTo(Suspicion.ENTITY));
    }

    @Test
    void tooLargeIsDivided() {
        assertThat(of(413, "", "")).isInstanceOf(TooLarge.class);
    }

    @Test
    void anOverloadedServerSaysHowLongToWait() {
        assertThat(of(429, "", "7")).isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.after())
                .isEqualTo(Duration.ofSeconds(7)));
        assertThat(of(503, "", "Wed, 21 Oct 2026 07:28:00 GMT"))
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.after()).isZero());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 408, 500, 502, 504})
    void whateverIsNotAboutThePointsIsRetried(int status) {
        assertThat(of(status, "{\"error\":\"why\"}", ""))
                .isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.reason())
                        .startsWith("InfluxDB answers " + status + ": why"));
    }

    @Test
    void aMessageIsOneLineOfBoundedLength() {
        assertThat(Answers.message("a\nb" + "c".repeat(1_000)))
                .startsWith("a bc")
                .hasSizeLessThan(310);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V1 | 400 | {\"error\":\"database is required\"} | correct db",
                "V1 | 401 | {\"error\":\"authorization failed\"} | check user, pw",
                "V2 | 401 | {\"code\":\"unauthorized\",\"message\":\"unauthorized access\"} | unauthorized access (check token",
                "V2 | 404 | {\"code\":\"not found\",\"message\":\"bucket \\\"x\\\" not found\"} | create the bucket",
                "V2 | 400 | {\"code\":\"invalid\",\"message\":\"Organization \\\"\\\" not found\"} | correct org and bucket",
                "V3 | 401 | '' | check token",
                "V3 | 400 | {\"error\":\"invalid character in database name\"} | correct db",
                "V3 | 404 | not found | give version=1"
            })
    void whatIsAboutTheRequestLosesNoPointAndNamesTheCure(Generation generation, int status, String body, String cure) {
        assertThat(Answers.outcome(new Answer(status, body, ""), request(generation, 10)))
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.reason()).contains(cure));
    }

    @Test
    void aPointThatSpeaksOfADatabaseIsNoReasonToRetryForEver() {
        assertThat(of(400, "{\"error\":\"unable to parse 'x,pod_name=database': missing fields\"}", ""))
                .isInstanceOf(Suspect.class);
    }

    @Test
    void generation2SaysHowManyItDroppedInTwoWays() {
        String beyond = "{\"code\":\"unprocessable entity\",\"message\":\"failure writing points to database: partial"
                + " write: dropped 10 points outside retention policy of duration 1h0m0s\"}";
        assertThat(Answers.outcome(new Answer(422, beyond, ""), request(Generation.V2, 10)))
                .isInstanceOf(Rejected.class);
        String conflict = "{\"code\":\"unprocessable entity\",\"message\":\"failure writing points to database: partial"
                + " write: field type conflict: input field \\\"value\\\" on measurement \\\"m\\\" is type integer,"
                + " already exists as type float dropped=8\"}";
        assertThat(Answers.outcome(new Answer(422, conflict, ""), request(Generation.V2, 10)))
                .isInstanceOfSatisfying(Suspect.class, suspect -> assertThat(suspect.suspicion())
                        .isEqualTo(Suspicion.METRIC));
    }

    private static final String PARTIAL = "{\"error\":\"partial write of line protocol occurred\",\"data\":["
            + "{\"original_line\":\"m v=hi\",\"line_number\":2,\"error_message\":\"invalid column type\"},"
            + "{\"original_line\":\"n v=hi\",\"line_number\":5,\"error_message\":\"invalid column type\"}]}";

    @Test
    void generation3NamesTheLinesItRefuses() {
        assertThat(Answers.outcome(new Answer(400, PARTIAL, ""), request(Generation.V3, 10)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.points().stream()).containsExactly(1, 4);
                    assertThat(rejected.reason())
                            .endsWith("partial write of line protocol occurred: invalid column type");
                });
    }

    @Test
    void linesThatCannotBeMeantAreNotBelieved() {
        assertThat(Answers.outcome(new Answer(400, PARTIAL, ""), request(Generation.V3, 3)))
                .isInstanceOf(Suspect.class);
    }

    private static WriteOutcome of(int status, String body, String retryAfter) {
        return Answers.outcome(new Answer(status, body, retryAfter), request(Generation.V1, 10));
    }

    private static Answers.Request request(Generation generation, int points) {
        return new Answers.Request(generation, points, points, UnaryOperator.identity());
    }
}
