package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A line of line protocol read back by the rules of InfluxDB's documentation, apart from the code that writes it.
 *
 * @param fields as they stand in the line, text in its quotes and with its escapes
 */
record ParsedLine(String measurement, Map<String, String> tags, Map<String, String> fields, long timestamp) {

    static ParsedLine of(String line) {
        int tagsEnd = unescaped(line, 0, " ");
        int measurementEnd = unescaped(line, 0, ", ");
        Map<String, String> tags = new TreeMap<>();
        for (int at = measurementEnd; at < tagsEnd; ) {
            int equals = unescaped(line, at + 1, "=");
            int end = unescaped(line, equals + 1, ", ");
            tags.put(plain(line.substring(at + 1, equals)), plain(line.substring(equals + 1, end)));
            at = end;
        }
        Map<String, String> fields = new TreeMap<>();
        int at = tagsEnd;
        do {
            int equals = unescaped(line, at + 1, "=");
            int end = line.charAt(equals + 1) == '"'
                    ? closingQuote(line, equals + 2) + 1
                    : unescaped(line, equals + 1, ", ");
            fields.put(plain(line.substring(at + 1, equals)), line.substring(equals + 1, end));
            at = end;
        } while (line.charAt(at) == ',');
        if (line.charAt(at) != ' ') {
            throw new AssertionError("no space behind the fields of " + line);
        }
        return new ParsedLine(
                plain(line.substring(0, measurementEnd)), tags, fields, Long.parseLong(line.substring(at + 1)));
    }

    /** The field of a number. */
    String value() {
        return Objects.requireNonNull(fields.get("value"));
    }

    /** What a field of text says. */
    String text(String field) {
        String quoted = Objects.requireNonNull(fields.get(field));
        assertThat(quoted).startsWith("\"").endsWith("\"");
        return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\([\"\\\\])", "$1");
    }

    private static int closingQuote(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                return i;
            }
        }
        throw new AssertionError("a text without an end in " + line);
    }

    private static int unescaped(String line, int from, String ends) {
        for (int i = from; i < line.length(); i++) {
            if (ends.indexOf(line.charAt(i)) >= 0 && (i == 0 || line.charAt(i - 1) != '\\')) {
                return i;
            }
        }
        throw new AssertionError("no " + ends + " behind " + from + " in " + line);
    }

    private static String plain(String escaped) {
        return escaped.replace("\\,", ",").replace("\\ ", " ").replace("\\=", "=");
    }
}
