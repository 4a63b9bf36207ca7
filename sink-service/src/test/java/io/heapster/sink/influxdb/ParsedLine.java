package io.heapster.sink.influxdb;

import java.util.Map;
import java.util.TreeMap;

/** A line of line protocol read back by the rules of InfluxDB's documentation, apart from the code that writes it. */
record ParsedLine(String measurement, Map<String, String> tags, String field, String value, long timestamp) {

    static ParsedLine of(String line) {
        int tagsEnd = unescaped(line, 0, " ");
        int fieldEnd = unescaped(line, tagsEnd + 1, "=");
        int valueEnd = unescaped(line, fieldEnd + 1, " ");
        int measurementEnd = unescaped(line, 0, ", ");
        Map<String, String> tags = new TreeMap<>();
        for (int at = measurementEnd; at < tagsEnd; ) {
            int equals = unescaped(line, at + 1, "=");
            int end = unescaped(line, equals + 1, ", ");
            tags.put(plain(line.substring(at + 1, equals)), plain(line.substring(equals + 1, end)));
            at = end;
        }
        return new ParsedLine(
                plain(line.substring(0, measurementEnd)),
                tags,
                plain(line.substring(tagsEnd + 1, fieldEnd)),
                line.substring(fieldEnd + 1, valueEnd),
                Long.parseLong(line.substring(valueEnd + 1)));
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
