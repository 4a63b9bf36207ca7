package io.heapster.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
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
                .isInstanceOf(BadQueryException.class)
                .hasMessage("timestamp argument cannot be parsed: parsing time " + message.replace('\'', '"'));
    }
}
