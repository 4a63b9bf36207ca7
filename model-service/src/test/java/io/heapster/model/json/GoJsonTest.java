package io.heapster.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoJsonTest {
    private static String text(GoJson json) {
        return new String(json.bytes(), UTF_8);
    }

    private static GoJson nested(GoJson json) {
        json.beginObject().key("a").beginArray().value(1).value("x").endArray();
        json.key("b").beginObject().endObject().key("c").beginArray().endArray();
        return json.key("d").beginObject().key("e").nothing().endObject().endObject();
    }

    @Test
    void indentedHasOneSpaceOfPrefixAndOneOfIndentation() {
        assertThat(text(nested(GoJson.indented()))).isEqualTo("""
                {
                  "a": [
                   1,
                   "x"
                  ],
                  "b": {},
                  "c": [],
                  "d": {
                   "e": null
                  }
                 }""");
    }

    @Test
    void compactHasNoBlanks() {
        assertThat(text(nested(GoJson.compact()))).isEqualTo("{\"a\":[1,\"x\"],\"b\":{},\"c\":[],\"d\":{\"e\":null}}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2.0, 2", "978.6, 978.6", "0.42, 0.42", "-0.000125, -0.000125", "1e20, 100000000000000000000"})
    void numbersAreAsShortAsTheyCanBe(double number, String text) {
        assertThat(text(GoJson.compact().value(number))).isEqualTo(text);
    }

    @Test
    void aDrainedPartIsForgottenAndTheRestGoesOn() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GoJson json = GoJson.compact().beginArray().value("ü");
        json.drainTo(out);
        assertThat(json.pending()).isZero();
        json.value(2).endArray().drainTo(out);

        assertThat(out.toString(UTF_8)).isEqualTo("[\"ü\",2]");
    }
}
