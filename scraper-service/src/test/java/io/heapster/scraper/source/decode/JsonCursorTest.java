package io.heapster.scraper.source.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonCursorTest {
    private final JsonCursor json = new JsonCursor(new Warnings());

    @Test
    void everyFieldIsFoundWhereverTheDocumentEnds() throws MalformedJsonException {
        for (Field field : Field.values()) {
            if (field != Field.OTHER) {
                assertThat(fields("{\"" + field.text() + "\":1}")).containsExactly(field);
                assertThat(fields("{\"" + field.text() + "\":1" + " ".repeat(20) + "}"))
                        .containsExactly(field);
            }
        }
    }

    @Test
    void theOrderOfTheObjectBeforeMisleadsNobody() throws MalformedJsonException {
        String one = "{\"time\":1,\"usageBytes\":2,\"rssBytes\":3}";
        String other = "{\"time\":1,\"rssBytes\":2,\"usageBytes\":3}";
        String longer = "{\"time\":1,\"usageBytesOfAll\":2,\"rss\":3}";

        for (String document : List.of(one, other, one, longer, one, "{\"time\":1,\"usageByte\":2,\"rssBytes\":3}")) {
            List<Field> expected = new ArrayList<>();
            for (String name : document.replaceAll("[^A-Za-z,]", "").split(",", -1)) {
                expected.add(List.of(Field.values()).stream()
                        .filter(field -> field.text().equals(name))
                        .findAny()
                        .orElse(Field.OTHER));
            }
            assertThat(fields(document)).isEqualTo(expected);
        }
    }

    @Test
    void whatEarlierDocumentsWereLikeMisleadsNobody() throws MalformedJsonException {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            String document = object(random, 0);
            List<String> seen = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            begin(document);
            walk(json, seen);
            JsonCursor fresh = new JsonCursor(new Warnings());
            fresh.begin(document.getBytes(UTF_8), document.length());
            walk(fresh, expected);

            assertThat(seen).as(document).isEqualTo(expected);
        }
    }

    @Test
    void aCommaTooManyOrTooFewIsMalformedThoughTheRestIsAsBefore() throws MalformedJsonException {
        String right = "{\"time\": 1,\n \"usageBytes\": 2,\n \"name\": {\"rssBytes\": 3}\n}          ";
        for (int i = 0; i < 3; i++) {
            begin(right);
            walk(json, new ArrayList<>());
        }
        for (String wrong : List.of(
                right.replace("{\"time", "{,\"time"),
                right.replace("{\"rss", "{,\"rss"),
                right.replace("1,\n", "1\n"),
                right.replace("1,\n", "1,,\n"),
                right.replace("3}\n", "3},\n"),
                right.replace("3}", "3,}"))) {
            begin(wrong);
            assertThatThrownBy(() -> walk(json, new ArrayList<>()))
                    .as(wrong)
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    private static String object(Random random, int depth) {
        List<String> names = List.of("time", "usageBytes", "memory", "inodes", "of nobody", "another", "", "\\u0041");
        String line = List.of("", "\n" + " ".repeat(depth + 1), " ").get(random.nextInt(3));
        List<String> fields = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String value = depth < 4 && random.nextInt(3) == 0 ? object(random, depth + 1) : "" + random.nextInt(1_000);
            fields.add(line
                    + '"'
                    + names.get(random.nextInt(names.size()))
                    + '"'
                    + (random.nextBoolean() ? ": " : ":")
                    + (random.nextInt(5) == 0 ? "[" + value + ", " + value + "]" : value));
        }
        return "{" + String.join(",", fields) + line + "}";
    }

    /** All that there is, each with the place where its value begins. */
    private static void walk(JsonCursor json, List<String> seen) throws MalformedJsonException {
        if (!json.isObject()) {
            // any other value is stepped over
            if (json.beginArray()) {
                while (json.nextElement()) {
                    walk(json, seen);
                }
            }
            return;
        }
        json.beginObject();
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            seen.add(field + "=" + json.fieldName());
            walk(json, seen);
            seen.add("at " + json.position());
        }
    }

    @Test
    void anEscapedNameIsTheSame() throws MalformedJsonException {
        assertThat(fields("{\"usage\\u0042ytes\":1,\"\":2,\"\\\"\":3}"))
                .containsExactly(Field.USAGE_BYTES, Field.OTHER, Field.OTHER);
    }

    @Test
    void numbersOfAnyLengthAreRead() throws MalformedJsonException {
        StringBuilder digits = new StringBuilder();
        for (int length = 1; length <= 18; length++) {
            digits.append((char) ('0' + length % 9 + 1));
            for (String after : List.of("", " ", "   \n         ")) {
                begin("[" + digits + after + "]");

                json.beginArray();
                json.nextElement();
                assertThat(json.readLong()).isEqualTo(Long.parseLong(digits.toString()));
                assertThat(json.nextElement()).isFalse();
                json.finish();
            }
        }
    }

    @Test
    void aStringWithoutItsEndIsMalformedWhereverItBreaksOff() {
        String document = "{\"usageBytes\":\"a longer text than eight bytes, and \\\"one\\\" escape\"";
        for (int length = 1; length < document.length(); length++) {
            begin(document.substring(0, length));

            assertThatThrownBy(() -> {
                        json.beginObject();
                        json.nextField();
                        json.skip();
                        json.nextField();
                    })
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    @Test
    void whiteSpaceOfAnyKindAndLengthIsSteppedOver() throws MalformedJsonException {
        for (int length = 0; length < 40; length++) {
            String space = "\n" + " ".repeat(length) + "\t\r\n" + " ".repeat(40 - length);
            assertThat(fields(space + "{" + space + "\"time\"" + space + ":" + space + "1" + space + ",\"uid\":2}"
                            + space))
                    .containsExactly(Field.TIME, Field.UID);
        }
    }

    private void begin(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        json.begin(bytes, bytes.length);
    }

    private List<Field> fields(String document) throws MalformedJsonException {
        begin(document);
        List<Field> fields = new ArrayList<>();
        json.beginObject();
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            fields.add(field);
            json.skip();
        }
        json.finish();
        return fields;
    }
}
