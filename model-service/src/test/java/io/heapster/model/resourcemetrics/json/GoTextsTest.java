package io.heapster.model.resourcemetrics.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.uri.Durations;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "250, 250ms",
        "1000, 1s",
        "15159, 15.159s",
        "15100, 15.1s",
        "15009, 15.009s",
        "60000, 1m0s",
        "90500, 1m30.5s",
        "3600000, 1h0m0s",
        "90061001, 25h1m1.001s"
    })
    void durationsAreThoseOfGo(long millis, String expected) {
        assertThat(GoTexts.duration(millis)).isEqualTo(expected);
    }

    @Property
    void aDurationIsReadBack(@ForAll @LongRange(min = 0, max = 1_000_000_000L) long millis) {
        assertThat(Durations.parse(GoTexts.duration(millis)).toMillis()).isEqualTo(millis);
    }

    @Test
    void timesAreToTheSecond() {
        assertThat(GoTexts.time(Instant.parse("2026-11-21T08:45:57.999Z").toEpochMilli()))
                .isEqualTo("2026-11-21T08:45:57Z");
    }
}
