package io.heapster.model.resourcemetrics.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static String written(Layout layout) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter json = new JsonWriter(out, layout);
        json.beginObject().member("a", "b").name("c").beginArray();
        json.value(1).value(true).nullValue().beginObject().endObject();
        json.endArray().name("d").beginArray().endArray();
        json.name("e").beginObject().name("f").value(false).endObject().endObject();
        json.finish();
        return out.toString(UTF_8);
    }

    @Test
    void compactIsOneLine() throws IOException {
        assertThat(written(Layout.COMPACT))
                .isEqualTo("{\"a\":\"b\",\"c\":[1,true,null,{}],\"d\":[],\"e\":{\"f\":false}}\n");
    }

    @Test
    void indentedHasTwoSpacesALevel() throws IOException {
        assertThat(written(Layout.INDENTED))
                .isEqualTo("{\n  \"a\": \"b\",\n  \"c\": [\n    1,\n    true,\n    null,\n    {}\n  ],\n  \"d\": [],\n"
                        + "  \"e\": {\n    \"f\": false\n  }\n}");
    }

    @Test
    void heapstersHasOneMoreSpaceInEveryLineButTheFirst() throws IOException {
        assertThat(written(Layout.HEAPSTER))
                .isEqualTo("{\n  \"a\": \"b\",\n  \"c\": [\n   1,\n   true,\n   null,\n   {}\n  ],\n  \"d\": [],\n"
                        + "  \"e\": {\n   \"f\": false\n  }\n }");
    }

    @Test
    void signsOfHtmlAreHidden() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter json = new JsonWriter(out, Layout.COMPACT);
        json.value("<a & \"b\">\u2028\u0001é😀").finish();
        assertThat(out.toString(UTF_8)).isEqualTo("\"\\u003ca \\u0026 \\\"b\\\"\\u003e\\u2028\\u0001é😀\"\n");
    }

    @Property
    void anyTextIsReadBack(@ForAll String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter json = new JsonWriter(out, Layout.INDENTED);
        json.beginArray().value(text).value(text).endArray().finish();
        String expected = new String(text.getBytes(UTF_8), UTF_8);
        assertThat(new ObjectMapper().readValue(out.toByteArray(), String[].class))
                .containsExactly(expected, expected);
    }

    @Test
    void documentsLargerThanTheBufferAreWhole() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter json = new JsonWriter(out, Layout.COMPACT);
        json.beginArray();
        for (int i = 0; i < 10_000; i++) {
            json.value("element " + i);
        }
        json.endArray().finish();
        assertThat(new ObjectMapper().readValue(out.toByteArray(), String[].class))
                .hasSize(10_000)
                .contains("element 0", "element 9999");
    }
}
