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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(Answers.outcome(new Answer(400, CONFLICT, ""), 2, 2))
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

    private static WriteOutcome of(int status, String body, String retryAfter) {
        return Answers.outcome(new Answer(status, body, retryAfter), 10, 10);
    }
}
