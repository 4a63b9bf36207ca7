package io.heapster.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.uri.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2017-04-19T07:47:00Z, 2017-04-19T07:47:00Z",
        "2017-04-19T07:47:00.5Z, 2017-04-19T07:47:00.500Z",
        "2017-04-19T09:47:00+02:00, 2017-04-19T07:47:00Z",
        "2017-04-19T07:17:00.123456789-00:30, 2017-04-19T07:47:00.123456789Z",
    })
    void rfc3339IsRead(String text, String instant) {
        assertThat(GoTime.parse(text)).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yesterday | 'yesterday' as '2006-01-02T15:04:05Z07:00': cannot parse 'yesterday' as '2006'",
                "2017-04-19 | '2017-04-19' as '2006-01-02T15:04:05Z07:00': cannot parse '' as 'T'",
                "2017-04-19T07:47:00 | '2017-04-19T07:47:00' as '2006-01-02T15:04:05Z07:00': cannot parse '' as 'Z07:00'",
                "2017-13-19T07:47:00Z | '2017-13-19T07:47:00Z': month out of range",
                "2017-02-30T07:47:00Z | '2017-02-30T07:47:00Z': day out of range",
                "2017-04-19T07:47:00Zulu | '2017-04-19T07:47:00Zulu': extra text: 'ulu'",
            },
            quoteCharacter = '`')
    void whatIsNoTimeIsRefusedInGosWords(String text, String message) {
        assertThatThrownBy(() -> GoTime.parse(text))
                .isInstanceOf(DateTimeParseException.class)
                .hasMessage("parsing time " + message.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "1492588020000, 2017-04-19T07:47:00Z",
        "1492588020500, 2017-04-19T07:47:00.5Z",
        "1492588020012, 2017-04-19T07:47:00.012Z",
        "951782399999, 2000-02-28T23:59:59.999Z",
        "-1, 1969-12-31T23:59:59.999Z",
    })
    void millisecondsAreWrittenWithNoMoreDigitsThanNeeded(long millis, String text) {
        assertThat(GoTime.format(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "253402300800000, 10000-01-01T00:00:00Z",
        "9223372036854775807, 292278994-08-17T07:12:55.807Z",
        "-9223372036854775808, -292275055-05-16T16:47:04.192Z"
    })
    void aYearThatNoClockShowsIsWrittenAsItIs(long millis, String text) {
        assertThat(GoTime.format(millis)).isEqualTo(text);
    }

    @Property
    void aTimeIsReadBack(@ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long millis) {
        assertThat(GoTime.parse(GoTime.format(millis)).toEpochMilli()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T08:45:57.999Z, 2026-11-21T08:45:57Z",
        "2026-11-21T08:45:57Z, 2026-11-21T08:45:57Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59Z",
    })
    void aTimeIsCutToItsSecond(Instant time, String text) {
        assertThat(GoTime.format(GoTime.toSecond(time.toEpochMilli()))).isEqualTo(text);
    }

    private static String duration(long millis) {
        TextBuffer out = new TextBuffer(GoTime.LONGEST);
        GoTime.appendDuration(out, millis);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT1S, 1s",
        "PT15.159S, 15.159s",
        "PT15.1S, 15.1s",
        "PT15.009S, 15.009s",
        "PT30S, 30s",
        "PT60S, 1m0s",
        "PT90S, 1m30s",
        "PT90.5S, 1m30.5s",
        "PT15M, 15m0s",
        "PT1H, 1h0m0s",
        "PT1H5S, 1h0m5s",
        "PT24H, 24h0m0s",
        "PT25H1M1.001S, 25h1m1.001s"
    })
    void durationsAreWrittenAsGoPrintsThem(Duration duration, String text) {
        assertThat(duration(duration.toMillis())).isEqualTo(text);
    }

    @Test
    void theLongestDurationIsStillWritten() {
        assertThat(duration(Long.MAX_VALUE)).isEqualTo("2562047788015h12m55.807s");
    }

    @Property
    void aDurationIsReadBack(@ForAll @LongRange(min = 0, max = 1_000_000_000L) long millis) {
        assertThat(Durations.parse(duration(millis)).toMillis()).isEqualTo(millis);
    }
}
