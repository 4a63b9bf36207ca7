package io.heapster.sink.cloudmonitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.monitoring.v3.CreateTimeSeriesSummary;
import com.google.protobuf.Any;
import io.grpc.Status;
import io.heapster.sink.googlecloud.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final String ORDER = "Points must be written in order. One or more of the points specified had an"
            + " older start time than the most recent point.";
    private static final String BEGIN = "One or more TimeSeries could not be written: ";

    @Test
    void placesBeforeTheReasons() {
        Refusals refusals = refusals(BEGIN + "timeSeries[0-2,7]: " + ORDER + "; timeSeries[3,9]: bad value", 10, 6);

        assertThat(refusals.older()).hasToString("{0, 1, 2, 7}");
        assertThat(refusals.refused()).hasToString("{3, 9}");
        assertThat(refusals.reason()).isEqualTo("Cloud Monitoring: timeSeries[3,9]: bad value");
    }

    @Test
    void placesBehindTheReasons() {
        Refusals refusals = refusals(
                BEGIN + ORDER + ": global{} timeSeries[4]: custom.googleapis.com/a{x:y}; Field timeSeries[6] had an"
                        + " invalid value: Duplicate TimeSeries encountered.: timeSeries[6]",
                10,
                2);

        assertThat(refusals.older()).hasToString("{4}");
        assertThat(refusals.refused()).hasToString("{6}");
    }

    @Test
    void aResetBehindTheKnownOneIsOlder() {
        Refusals refusals = refusals(
                "timeSeries[1] (example metric.type=\"m\"): New reset timestamp '2026/06/25' must not be older than"
                        + " existing reset timestamp '2026/06/26'.",
                2,
                1);
        assertThat(refusals.older()).hasToString("{1}");
    }

    @Test
    void theOnlySeriesIsMeantWhateverTheWords() {
        assertThat(refusals("something", 1, 1).refused()).hasToString("{0}");
        assertThat(refusals(ORDER, 1, 1).older()).hasToString("{0}");
    }

    @Test
    void anAnswerThatNamesFewerThanFailedSaysNothing() {
        assertThat(Refusals.of(failure(BEGIN + "timeSeries[0]: bad; and mo…", 3), 10))
                .isEmpty();
        assertThat(Refusals.of(failure(BEGIN + ORDER, 3), 10)).isEmpty();
        assertThat(Refusals.of(failure("timeSeries[400-999999]: bad", 1), 10)).isEmpty();
        assertThat(Refusals.of(failure("timeSeries[9-2,]: bad", 1), 10)).isEmpty();
    }

    private static Refusals refusals(String message, int size, int failed) {
        Optional<Refusals> refusals = Refusals.of(failure(message, failed), size);
        assertThat(refusals).isPresent();
        return refusals.orElseThrow();
    }

    private static Failure failure(String message, int failed) {
        CreateTimeSeriesSummary summary = CreateTimeSeriesSummary.newBuilder()
                .setTotalPointCount(10)
                .setSuccessPointCount(10 - failed)
                .build();
        return new Failure(Status.Code.INVALID_ARGUMENT, message, message, List.of(Any.pack(summary)));
    }
}
