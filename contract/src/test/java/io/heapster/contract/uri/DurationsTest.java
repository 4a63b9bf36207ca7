package io.heapster.contract.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void readsGosDurationsAndDays() {
        assertThat(Durations.parse("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(Durations.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Durations.parse("4h")).isEqualTo(Duration.ofHours(4));
        assertThat(Durations.parse("1.5h")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Durations.parse("30d")).isEqualTo(Duration.ofDays(30));
        assertThat(Durations.parse("2w")).isEqualTo(Duration.ofDays(14));
        assertThat(Durations.parse("250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(Durations.parse("7us")).isEqualTo(Durations.parse("7µs")).isEqualTo(Duration.ofNanos(7_000));
        assertThat(Durations.parse("0")).isZero();
        assertThat(Durations.parse("-5m")).isEqualTo(Duration.ofMinutes(-5));
    }

    @Test
    void refusesWhatIsNoDuration() {
        for (String wrong : List.of("", "-", "5", "s", "5 s", "5s!", "1h30", "1..5s", "five", "1y", "٣s")) {
            assertThatThrownBy(() -> Durations.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + wrong + "' is not a duration, write one such as 30s, 5m, 1h30m or 30d");
        }
        assertThatThrownBy(() -> Durations.parse("999999999d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than 292 years");
    }

    @Property
    void whatIsPrintedIsReadBack(@ForAll long nanos) {
        Duration duration = Duration.ofNanos(nanos == Long.MIN_VALUE ? 0 : nanos);

        assertThat(Durations.parse(Durations.print(duration))).isEqualTo(duration);
    }
}
