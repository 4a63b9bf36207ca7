package io.heapster.sink.influxdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SortedMap;

/** InfluxDB's text form of a point: {@code measurement,tag=value field=1i timestamp}. */
final class LineProtocol {
    private LineProtocol() {}

    static byte[] measurement(String name) {
        return escaped(name, false).getBytes(UTF_8);
    }

    /** What stands between the tags and an integer or double of this field. */
    static byte[] field(String name) {
        return (" " + escaped(name, true) + "=").getBytes(UTF_8);
    }

    /** {@code ,key=value,key=value}; a tag without a value cannot be said and is left out. */
    static byte[] tags(SortedMap<String, String> tags) {
        StringBuilder text = new StringBuilder();
        tags.forEach((key, value) -> {
            String escaped = escaped(value, true);
            if (!escaped.isEmpty()) {
                text.append(',').append(escaped(key, true)).append('=').append(escaped);
            }
        });
        return text.toString().getBytes(UTF_8);
    }

    /** {@code key:value_key:value_}: labels as early Heapster put them before the name of a series. */
    static byte[] namePrefix(SortedMap<String, String> labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach(
                (key, value) -> text.append(key).append(':').append(value).append('_'));
        return escaped(text.toString(), false).getBytes(UTF_8);
    }

    /** {@code ,key="value",key="value"}: fields that are texts, to stand behind another field. */
    static byte[] textFields(SortedMap<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((key, value) -> text.append(',')
                .append(escaped(key, true))
                .append("=\"")
                .append(value.replaceAll("[\\x00-\\x1f]", " ")
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\""))
                .append('"'));
        return text.toString().getBytes(UTF_8);
    }

    /**
     * Control characters become spaces, since a line has no way to say a line break. A backslash at the end would
     * swallow what follows it and is cut off; anywhere else it stands for itself.
     */
    private static String escaped(String text, boolean equalsToo) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        StringBuilder escaped = new StringBuilder(end + 8);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i) < ' ' ? ' ' : text.charAt(i);
            if (c == ' ' || c == ',' || (equalsToo && c == '=')) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
