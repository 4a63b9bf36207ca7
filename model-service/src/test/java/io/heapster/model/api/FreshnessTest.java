package io.heapster.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static final long NEWEST = Instant.parse("2017-04-19T07:47:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({"10s, 180, true", "10s, 181, false", "60s, 180, true", "120s, 360, true", "120s, 361, false"})
    void newsMayBeThreeMinutesOldOrThreeResolutions(String resolution, long ageSeconds, boolean fresh) {
        String problem = Freshness.problem(
                NEWEST,
                Duration.parse("PT" + resolution),
                NEWEST + Duration.ofSeconds(ageSeconds).toMillis());

        if (fresh) {
            assertThat(problem).isNull();
        } else {
            assertThat(problem).isEqualTo("no current batch of samples (latest: 2017-04-19T07:47:00Z)");
        }
    }

    @Test
    void nothingAtAllIsNoNews() {
        assertThat(Freshness.problem(Long.MIN_VALUE, Duration.ofSeconds(60), NEWEST))
                .isEqualTo("no batch of samples yet");
    }
}
