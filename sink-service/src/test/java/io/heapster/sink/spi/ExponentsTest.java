package io.heapster.sink.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers too small or too large to be written out are written as Java does, which JSON and line protocol have, too. */
class ExponentsTest {
    /** Of InfluxDB's line protocol, as its documentation has it. */
    private static final String LINE_PROTOCOL_FLOAT = "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

    @ParameterizedTest
    @CsvSource({
        "1.0E-7, 1.0E-7",
        "-2.5E-9, -2.5E-9",
        "4.9E-324, 4.9E-324",
        "1.0E21, 1.0E21",
        "-1.7976931348623157E308, -1.7976931348623157E308",
    })
    void exponentsAreValidInJsonAndInLineProtocol(double number, String written) throws JsonProcessingException {
        TextBuffer buffer = new TextBuffer(64);
        buffer.append(number, 3);
        String text = new String(buffer.toByteArray(), UTF_8);

        assertThat(text).isEqualTo(written).matches(LINE_PROTOCOL_FLOAT);
        assertThat(new ObjectMapper().readTree(text).doubleValue()).isEqualTo(number);
    }
}
