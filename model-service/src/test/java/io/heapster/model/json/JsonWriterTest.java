package io.heapster.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    private static String text(Layout layout, Consumer<JsonWriter> document) {
        return new String(JsonWriter.bytes(layout, document), UTF_8);
    }

    /** A compact document without the line break at its end. */
    private static String compact(Consumer<JsonWriter> document) {
        return text(Layout.COMPACT, document).stripTrailing();
    }

    private static void nested(JsonWriter json) {
        json.beginObject().member("a", "b").name("c").beginArray();
        json.value(1).value("x").value(true).nullValue().beginObject().endObject();
        json.endArray().name("d").beginArray().endArray();
        json.name("e").beginObject().name("f").value(false).endObject().endObject();
    }

    @Test
    void compactIsOneLine() {
        assertThat(text(Layout.COMPACT, JsonWriterTest::nested))
                .isEqualTo("{\"a\":\"b\",\"c\":[1,\"x\",true,null,{}],\"d\":[],\"e\":{\"f\":false}}\n");
    }

    @Test
    void indentedHasTwoSpacesALevel() {
        assertThat(text(Layout.INDENTED, JsonWriterTest::nested)).isEqualTo("""
                {
                  "a": "b",
                  "c": [
                    1,
                    "x",
                    true,
                    null,
                    {}
                  ],
                  "d": [],
                  "e": {
                    "f": false
                  }
                }""");
    }

    @Test
    void heapstersHasOneSpaceALevelAndOneMoreInEveryLineButTheFirst() {
        assertThat(text(Layout.HEAPSTER, JsonWriterTest::nested)).isEqualTo("""
                {
                  "a": "b",
                  "c": [
                   1,
                   "x",
                   true,
                   null,
                   {}
                  ],
                  "d": [],
                  "e": {
                   "f": false
                  }
                 }""");
    }

    @Test
    void signsOfHtmlAreHidden() {
        assertThat(compact(json -> json.value("<a & \"b\">\u2028\u0001é😀")))
                .isEqualTo("\"\\u003ca \\u0026 \\\"b\\\"\\u003e\\u2028\\u0001é😀\"");
    }

    @Property
    void anyTextIsReadBack(@ForAll String text) throws IOException {
        byte[] json = JsonWriter.bytes(
                Layout.INDENTED,
                document -> document.beginArray().value(text).value(text).endArray());
        String expected = new String(text.getBytes(UTF_8), UTF_8);
        assertThat(new ObjectMapper().readValue(json, String[].class)).containsExactly(expected, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "2.0, 2",
        "978.6, 978.6",
        "0.42, 0.42",
        "-0.000125, -0.000125",
        "0.1234567891, 0.1234567891",
        "1e20, 100000000000000000000"
    })
    void numbersAreAsShortAsTheyCanBe(double number, String text) {
        assertThat(compact(json -> json.value(number))).isEqualTo(text);
    }

    @Property
    void millionthsHaveNoMoreDigitsThanNeeded(
            @ForAll @LongRange(min = -999_999_999_999_999L, max = 999_999_999_999_999L) long millionths) {
        assertThat(compact(json -> json.value(millionths / 1e6)))
                .isEqualTo(
                        BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString());
    }

    @Property
    void anyFiniteNumberIsReadBack(@ForAll double number) {
        assertThat(Double.parseDouble(compact(json -> json.value(number)))).isEqualTo(number + 0.0);
    }

    @Property
    void wholeNumbersAreReadBack(@ForAll long number) {
        assertThat(compact(json -> json.value(number))).isEqualTo(Long.toString(number));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, -10, 999_999_999_999_999_999L, Long.MAX_VALUE, Long.MIN_VALUE})
    void theShortestAndTheLongestNumbersAreWhole(long number) {
        assertThat(compact(json -> json.value(number))).isEqualTo(Long.toString(number));
    }

    @Test
    void aNumberWithItsUnitAndATimeAndADurationAreTexts() {
        assertThat(compact(json -> json.beginArray()
                        .value(732, "Ki")
                        .value(0, "")
                        .time(1_492_588_020_500L)
                        .duration(90_500)
                        .endArray()))
                .isEqualTo("[\"732Ki\",\"0\",\"2017-04-19T07:47:00.5Z\",\"1m30.5s\"]");
    }

    @Test
    void documentsLargerThanTheBufferAreWhole() throws IOException {
        byte[] json = JsonWriter.bytes(Layout.COMPACT, document -> {
            document.beginArray();
            for (int i = 0; i < 10_000; i++) {
                document.value("element ü " + i);
            }
            document.endArray();
        });
        assertThat(new ObjectMapper().readValue(json, String[].class))
                .hasSize(10_000)
                .contains("element ü 0", "element ü 9999");
    }

    @Property(tries = 200)
    void noTokenIsCutWhereTheBufferEnds(@ForAll @LongRange(min = 0, max = 100) long shift) {
        String start = "x".repeat((int) (1024 - shift));
        byte[] json = JsonWriter.bytes(Layout.COMPACT, document -> document.beginArray()
                .value(start)
                .value(Long.MIN_VALUE)
                .time(0)
                .value("ü€😀<")
                .endArray());
        assertThat(new String(json, UTF_8))
                .isEqualTo("[\"" + start + "\",-9223372036854775808,\"1970-01-01T00:00:00Z\",\"ü€😀\\u003c\"]\n");
    }

    @Test
    void whatIsWrittenIsSentBeforeTheDocumentEnds() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter.write(out, Layout.COMPACT, json -> {
            json.beginArray();
            for (int i = 0; i < 10_000; i++) {
                json.value("ü");
            }
            assertThat(out.size()).isBetween(40_000, 50_000);
            json.value(2).endArray();
        });
        assertThat(out.toString(UTF_8)).startsWith("[\"ü\",\"ü\",").endsWith(",\"ü\",2]\n");
    }

    @Test
    void aStreamThatFailsSaysSoItself() {
        IOException failure = new IOException("closed");
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw failure;
            }
        };
        assertThatThrownBy(() -> JsonWriter.write(closed, Layout.COMPACT, JsonWriter::nullValue))
                .isSameAs(failure);
    }
}
