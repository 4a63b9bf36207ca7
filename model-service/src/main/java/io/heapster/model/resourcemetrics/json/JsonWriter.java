package io.heapster.model.resourcemetrics.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;

/**
 * Writes one JSON value piece by piece, escaped as Go does it. Nothing is kept but a buffer of fixed size; whoever reads
 * slowly holds the writer up. Not for several threads.
 */
public final class JsonWriter {
    private static final int BUFFER_BYTES = 8 * 1024;
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
    private static final byte[] NULL = "null".getBytes(UTF_8);
    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);

    private final OutputStream out;
    private final Layout layout;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int size;
    private int depth;
    /** Whether there is something already in the array or object of each depth. */
    private final BitSet filled = new BitSet();

    private boolean afterName;

    public JsonWriter(OutputStream out, Layout layout) {
        this.out = out;
        this.layout = layout;
    }

    public JsonWriter beginObject() throws IOException {
        return begin('{');
    }

    public JsonWriter endObject() throws IOException {
        return end('}');
    }

    public JsonWriter beginArray() throws IOException {
        return begin('[');
    }

    public JsonWriter endArray() throws IOException {
        return end(']');
    }

    /** The name of a member, whose value must follow. */
    public JsonWriter name(String name) throws IOException {
        nextLine();
        string(name);
        ascii(layout.colon);
        afterName = true;
        return this;
    }

    public JsonWriter value(String value) throws IOException {
        place();
        string(value);
        return this;
    }

    public JsonWriter value(long value) throws IOException {
        place();
        ascii(Long.toString(value));
        return this;
    }

    public JsonWriter value(boolean value) throws IOException {
        place();
        put(value ? TRUE : FALSE);
        return this;
    }

    public JsonWriter nullValue() throws IOException {
        place();
        put(NULL);
        return this;
    }

    public JsonWriter member(String name, String value) throws IOException {
        return name(name).value(value);
    }

    /** Ends the document and sends what is left of it; the stream stays open. */
    public void finish() throws IOException {
        ascii(layout.end);
        flushBuffer();
        out.flush();
    }

    private JsonWriter begin(char sign) throws IOException {
        place();
        put(sign);
        filled.clear(++depth);
        return this;
    }

    private JsonWriter end(char sign) throws IOException {
        boolean empty = !filled.get(depth--);
        if (!empty) {
            breakLine();
        }
        put(sign);
        return this;
    }

    /** Goes to where a value may stand. */
    private void place() throws IOException {
        if (afterName) {
            afterName = false;
        } else if (depth > 0) {
            nextLine();
        }
    }

    private void nextLine() throws IOException {
        if (filled.get(depth)) {
            put(',');
        }
        filled.set(depth);
        breakLine();
    }

    private void breakLine() throws IOException {
        if (layout.lineBreak.isEmpty()) {
            return;
        }
        ascii(layout.lineBreak);
        for (int i = 0; i < depth; i++) {
            ascii(layout.indent);
        }
    }

    private void string(String text) throws IOException {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter >= 0x80 && letter != '\u2028' && letter != '\u2029') {
                int codePoint = text.codePointAt(i);
                put(Character.toString(codePoint).getBytes(UTF_8));
                i += Character.charCount(codePoint) - 1;
            } else {
                letter(letter);
            }
        }
        put('"');
    }

    private void letter(char letter) throws IOException {
        switch (letter) {
            case '"', '\\' -> {
                put('\\');
                put(letter);
            }
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            // Go also hides what HTML or JavaScript would take for its own.
            case '<', '>', '&', '\u2028', '\u2029' -> escape(letter);
            default -> {
                if (letter < ' ') {
                    escape(letter);
                } else {
                    put(letter);
                }
            }
        }
    }

    private void escape(char letter) throws IOException {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[(letter >> shift) & 0xF]);
        }
    }

    private void ascii(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(byte[] bytes) throws IOException {
        for (byte each : bytes) {
            put((char) each);
        }
    }

    private void put(char letter) throws IOException {
        if (size == BUFFER_BYTES) {
            flushBuffer();
        }
        buffer[size++] = (byte) letter;
    }

    private void flushBuffer() throws IOException {
        out.write(buffer, 0, size);
        size = 0;
    }
}
