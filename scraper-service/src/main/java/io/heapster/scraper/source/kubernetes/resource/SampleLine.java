package io.heapster.scraper.source.kubernetes.resource;

import io.heapster.scraper.source.decode.TextCache;
import io.heapster.scraper.source.decode.Warnings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of Prometheus' text: {@code name{label="value",…} value timestamp}. Read in place of the one before; numbers
 * become primitives without a detour through texts.
 */
final class SampleLine {
    private static final byte[] NAMESPACE = "namespace".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POD = "pod".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTAINER = "container".getBytes(StandardCharsets.US_ASCII);

    private final Warnings warnings;
    private final TextCache names = new TextCache();

    private Family family = Family.NODE_CPU;
    private String namespace = "";
    private String pod = "";
    private String container = "";
    private long value;
    private long timeMillis;

    private byte[] document = new byte[0];
    private int at;
    private int end;

    SampleLine(Warnings warnings) {
        this.warnings = warnings;
    }

    Family family() {
        return family;
    }

    String namespace() {
        return namespace;
    }

    String pod() {
        return pod;
    }

    String container() {
        return container;
    }

    /** In the unit of the family's quantity. */
    long value() {
        return value;
    }

    /** Milliseconds since 1970; 0 when the line has no time. */
    long timeMillis() {
        return timeMillis;
    }

    /** Reads the line between two positions; false when it is no sample that is used. */
    boolean read(byte[] bytes, int start, int lineEnd) {
        document = bytes;
        at = start;
        end = lineEnd > start && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        skipBlanks();
        int nameStart = at;
        while (at < end && isNameByte(document[at])) {
            at++;
        }
        Family named = at == nameStart ? null : Family.of(document, nameStart, at);
        if (named == null) {
            return false;
        }
        family = named;
        namespace = "";
        pod = "";
        container = "";
        skipBlanks();
        if (at < end && document[at] == '{' && !readLabels()) {
            warnings.add(Warnings.WRONG_TYPE, family.text());
            return false;
        }
        return readValue() && readTime();
    }

    private boolean readLabels() {
        at++;
        while (true) {
            skipBlanks();
            if (at < end && document[at] == '}') {
                at++;
                return true;
            }
            int keyStart = at;
            while (at < end && isNameByte(document[at])) {
                at++;
            }
            int keyEnd = at;
            skipBlanks();
            if (keyEnd == keyStart || !skipByte('=')) {
                return false;
            }
            skipBlanks();
            if (!skipByte('"')) {
                return false;
            }
            int valueStart = at;
            int hash = 0;
            boolean escaped = false;
            while (at < end && document[at] != '"') {
                if (document[at] == '\\') {
                    escaped = true;
                    at++;
                }
                if (at < end) {
                    hash = 31 * hash + document[at];
                    at++;
                }
            }
            int valueEnd = at;
            if (!skipByte('"')) {
                return false;
            }
            keep(keyStart, keyEnd, valueStart, valueEnd, hash, escaped);
            skipBlanks();
            if (at < end && document[at] == ',') {
                at++;
            }
        }
    }

    private void keep(int keyStart, int keyEnd, int valueStart, int valueEnd, int hash, boolean escaped) {
        if (isKey(keyStart, keyEnd, NAMESPACE)) {
            namespace = text(valueStart, valueEnd, hash, escaped);
        } else if (isKey(keyStart, keyEnd, POD)) {
            pod = text(valueStart, valueEnd, hash, escaped);
        } else if (isKey(keyStart, keyEnd, CONTAINER)) {
            container = text(valueStart, valueEnd, hash, escaped);
        }
    }

    private boolean isKey(int start, int keyEnd, byte[] key) {
        return Arrays.equals(document, start, keyEnd, key, 0, key.length);
    }

    private String text(int start, int textEnd, int hash, boolean escaped) {
        if (!escaped) {
            return names.text(document, start, textEnd, hash);
        }
        StringBuilder text = new StringBuilder(new String(document, start, textEnd - start, StandardCharsets.UTF_8));
        for (int i = text.indexOf("\\"); i >= 0 && i + 1 < text.length(); i = text.indexOf("\\", i + 1)) {
            char meant = text.charAt(i + 1) == 'n' ? '\n' : text.charAt(i + 1);
            text.deleteCharAt(i);
            text.setCharAt(i, meant);
        }
        return text.toString();
    }

    private boolean readValue() {
        skipBlanks();
        int start = at;
        while (at < end && document[at] > ' ') {
            at++;
        }
        value = Decimal.units(document, start, at, family.quantity().decimals());
        if (value < 0) {
            warnings.add(Warnings.OUT_OF_RANGE, family.text());
            return false;
        }
        return true;
    }

    private boolean readTime() {
        skipBlanks();
        timeMillis = 0;
        int start = at;
        while (at < end && document[at] > ' ') {
            at++;
        }
        if (at > start && document[start] != '#') {
            timeMillis = Decimal.units(document, start, at, 0);
            if (timeMillis <= 0) {
                warnings.add(Warnings.IMPLAUSIBLE_TIME, family.text());
                return false;
            }
        }
        return true;
    }

    private void skipBlanks() {
        while (at < end && (document[at] == ' ' || document[at] == '\t')) {
            at++;
        }
    }

    private boolean skipByte(char expected) {
        if (at < end && document[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isNameByte(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b == ':';
    }
}
