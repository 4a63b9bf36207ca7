package io.heapster.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
    @CsvSource({"PT0S, 0s", "PT30S, 30s", "PT15M, 15m0s", "PT90S, 1m30s", "PT24H, 24h0m0s", "PT1H5S, 1h0m5s"})
    void durationsAreWrittenAsGoPrintsThem(Duration duration, String text) {
        assertThat(GoTime.format(duration)).isEqualTo(text);
    }
}
