package io.heapster.scraper.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
    private static final String DATE = "Sat, 21 Nov 2026 08:31:14 GMT";
    private static final long SECOND = Instant.parse("2026-11-21T08:31:14Z").toEpochMilli();

    @Test
    void clocksThatMayAgreeDo() {
        assertThat(ClockSkew.millis(DATE, SECOND, SECOND)).isZero();
        assertThat(ClockSkew.millis(DATE, SECOND + 999, SECOND + 999)).isZero();
        assertThat(ClockSkew.millis(DATE, SECOND - 300, SECOND)).isZero();
        assertThat(ClockSkew.millis(DATE, SECOND + 1_000, SECOND + 5_000))
                .as("asked at its end")
                .isZero();
    }

    @Test
    void aClockAheadIsAheadByWhatIsSureOnly() {
        assertThat(ClockSkew.millis(DATE, SECOND - 60_100, SECOND - 60_000)).isEqualTo(60_000);
    }

    @Test
    void aClockBehindIsNegative() {
        assertThat(ClockSkew.millis(DATE, SECOND + 61_000, SECOND + 61_100)).isEqualTo(-60_000);
    }

    @Test
    void withoutADateNothingIsKnown() {
        assertThat(ClockSkew.millis(null, SECOND, SECOND)).isEqualTo(ClockSkew.UNKNOWN);
        assertThat(ClockSkew.millis("yesterday", SECOND, SECOND)).isEqualTo(ClockSkew.UNKNOWN);
    }
}
