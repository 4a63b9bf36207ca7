package io.heapster.model.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.model.store.Points;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Heapster wrote it: indented by Go with one space of prefix and one of indentation, pod lists compact with a
 * line break at the end.
 */
final class ModelJson {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(1024);

    private ModelJson() {}

    static byte[] names(Collection<String> names) {
        ModelJson json = new ModelJson();
        json.out.append('[');
        String separator = "\n  ";
        for (String name : names) {
            json.out.append(separator);
            json.string(name);
            separator = ",\n  ";
        }
        json.out.append(names.isEmpty() ? "]" : "\n ]");
        return json.bytes();
    }

    /** @param points null for a series that does not exist, which looks like an empty one */
    static byte[] series(@Nullable Points points) {
        ModelJson json = new ModelJson();
        json.series(points, Layout.INDENTED);
        return json.bytes();
    }

    /** Series in the order they were asked for. */
    static byte[] items(List<@Nullable Points> series) {
        ModelJson json = new ModelJson();
        json.out.append("{\"items\":[");
        for (int i = 0; i < series.size(); i++) {
            json.out.append(i == 0 ? "" : ",");
            json.series(series.get(i), Layout.COMPACT);
        }
        json.out.append("]}\n");
        return json.bytes();
    }

    /** The fixed texts of a series, from its beginning to its end. */
    private enum Layout {
        INDENTED(
                "{\n  \"metrics\": [",
                "\n   {\n    \"timestamp\": \"",
                "\",\n    \"value\": ",
                ",\n    \"floatValue\": ",
                "\n   }",
                "\n  ]",
                ",\n  \"latestTimestamp\": \"",
                "\"\n }"),
        COMPACT(
                "{\"metrics\":[",
                "{\"timestamp\":\"",
                "\",\"value\":",
                ",\"floatValue\":",
                "}",
                "]",
                ",\"latestTimestamp\":\"",
                "\"}");

        private final String begin;
        private final String timestamp;
        private final String value;
        private final String floatValue;
        private final String pointEnd;
        private final String pointsEnd;
        private final String latest;
        private final String end;

        Layout(
                String begin,
                String timestamp,
                String value,
                String floatValue,
                String pointEnd,
                String pointsEnd,
                String latest,
                String end) {
            this.begin = begin;
            this.timestamp = timestamp;
            this.value = value;
            this.floatValue = floatValue;
            this.pointEnd = pointEnd;
            this.pointsEnd = pointsEnd;
            this.latest = latest;
            this.end = end;
        }
    }

    private void series(@Nullable Points points, Layout layout) {
        out.append(layout.begin);
        String latest = GoTime.ZERO;
        boolean first = true;
        for (int i = 0; points != null && i < points.size(); i++) {
            // JSON has no word for infinity, nor for what is no number.
            if (Double.isFinite(points.doubleValue(i))) {
                latest = GoTime.format(points.tickMillis(i));
                out.append(first ? "" : ",").append(layout.timestamp).append(latest);
                out.append(layout.value).append(points.longValue(i));
                if (points.metric().isDouble()) {
                    out.append(layout.floatValue).append(number(points.doubleValue(i)));
                }
                out.append(layout.pointEnd);
                first = false;
            }
        }
        out.append(first ? "]" : layout.pointsEnd);
        out.append(layout.latest).append(latest).append(layout.end);
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e15) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value);
        return size >= 1e-6 && size < 1e21
                ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                : text;
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"', '\\' -> out.append('\\').append(letter);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                // Go also hides what HTML or JavaScript would take for its own.
                case '<', '>', '&', '\u2028', '\u2029' -> escape(letter);
                default -> {
                    if (letter < ' ') {
                        escape(letter);
                    } else {
                        out.append(letter);
                    }
                }
            }
        }
        out.append('"');
    }

    private void escape(char letter) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((letter >> shift) & 0xF));
        }
    }

    private byte[] bytes() {
        return out.toString().getBytes(UTF_8);
    }
}
