package io.heapster.model.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.function.Consumer;

/**
 * Writes one JSON document piece by piece, escaped as Go does it. Nothing is kept but a buffer of fixed size; whoever
 * reads slowly holds the writer up. The caller sees to it that pieces follow each other as JSON wants it. A stream that
 * fails is an {@link UncheckedIOException}. Not for several threads.
 */
public final class JsonWriter {
    private static final int SENT_BYTES = 8 * 1024;
    private static final int KEPT_BYTES = 1024;
    /** No number, time, duration or escaped character is longer. */
    private static final int LONGEST = GoTime.LONGEST;

    private static final String HEX = "0123456789abcdef";
    private static final int MILLION = 1_000_000;

    private final OutputStream out;
    private final Layout layout;
    private final TextBuffer buffer;
    private int depth;
    /** Whether what comes next is the first in its array or object. */
    private boolean first = true;

    private boolean afterName;

    private JsonWriter(OutputStream out, Layout layout, int bufferBytes) {
        this.out = out;
        this.layout = layout;
        this.buffer = new TextBuffer(bufferBytes);
    }

    /** Writes a document while it is sent; the stream is neither flushed nor closed. */
    public static void write(OutputStream out, Layout layout, Consumer<JsonWriter> document) throws IOException {
        try {
            new JsonWriter(out, layout, SENT_BYTES).write(document);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A document as a whole. */
    public static byte[] bytes(Layout layout, Consumer<JsonWriter> document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonWriter(out, layout, KEPT_BYTES).write(document);
        return out.toByteArray();
    }

    private void write(Consumer<JsonWriter> document) {
        document.accept(this);
        if (!layout.breaksLines) {
            put('\n');
        }
        flushBuffer();
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    /** The name of a member, whose value must follow. */
    public JsonWriter name(String name) {
        return name(name, 0, name.length());
    }

    /** A part of a text as the name of a member, whose value must follow. */
    public JsonWriter name(String text, int from, int to) {
        place();
        string(text, from, to);
        put(':');
        if (layout.breaksLines) {
            put(' ');
        }
        afterName = true;
        return this;
    }

    public JsonWriter member(String name, String value) {
        return name(name).value(value);
    }

    public JsonWriter value(String value) {
        return value(value, 0, value.length());
    }

    /** A part of a text. */
    public JsonWriter value(String text, int from, int to) {
        place();
        string(text, from, to);
        return this;
    }

    public JsonWriter value(boolean value) {
        place();
        ascii(value ? "true" : "false");
        return this;
    }

    public JsonWriter value(long value) {
        place();
        room().number(value);
        return this;
    }

    /** A finite number. */
    public JsonWriter value(double value) {
        place();
        double size = Math.abs(value);
        double millionths = Math.rint(value * MILLION);
        if (value == Math.rint(value) && size < 1e15) {
            room().number((long) value);
        } else if (Math.abs(millionths) < 1e15 && millionths / MILLION == value) {
            decimal((long) millionths);
        } else if (size >= 1e-6 && size < 1e21) {
            ascii(new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString());
        } else {
            ascii(Double.toString(value));
        }
        return this;
    }

    private void decimal(long millionths) {
        if (millionths < 0) {
            put('-');
        }
        long size = Math.abs(millionths);
        room().number(size / MILLION).fraction((int) (size % MILLION), MILLION / 10);
    }

    /** A text made of a number and its unit, which is ASCII. */
    public JsonWriter value(long number, String unit) {
        place();
        room().put('"').number(number);
        ascii(unit);
        put('"');
        return this;
    }

    /** @param millis since 1970 */
    public JsonWriter time(long millis) {
        place();
        put('"');
        GoTime.append(room(), millis);
        put('"');
        return this;
    }

    /** @param millis how long it is; not negative */
    public JsonWriter duration(long millis) {
        place();
        put('"');
        GoTime.appendDuration(room(), millis);
        put('"');
        return this;
    }

    public JsonWriter nullValue() {
        place();
        ascii("null");
        return this;
    }

    private JsonWriter begin(char sign) {
        place();
        put(sign);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter end(char sign) {
        depth--;
        if (!first) {
            breakLine();
        }
        put(sign);
        first = false;
        return this;
    }

    /** Goes to where a name or a value may stand. */
    private void place() {
        if (afterName) {
            afterName = false;
        } else if (depth > 0) {
            if (!first) {
                put(',');
            }
            breakLine();
        }
        first = false;
    }

    private void breakLine() {
        if (layout.breaksLines) {
            put('\n');
            for (int left = layout.spaces(depth); left > 0; left--) {
                put(' ');
            }
        }
    }

    private void string(String text, int from, int to) {
        put('"');
        int at = buffer.putPlain(text, from, to);
        while (at < to) {
            int codePoint = text.codePointAt(at);
            character(codePoint);
            at = buffer.putPlain(text, at + Character.charCount(codePoint), to);
        }
        put('"');
    }

    private void character(int codePoint) {
        switch (codePoint) {
            case '"', '\\' -> room().put('\\').put(codePoint);
            case '\n' -> room().put('\\').put('n');
            case '\r' -> room().put('\\').put('r');
            case '\t' -> room().put('\\').put('t');
            // Go also hides what HTML or JavaScript would take for its own.
            case '<', '>', '&', '\u2028', '\u2029' -> escape(codePoint);
            default -> {
                if (codePoint < ' ') {
                    escape(codePoint);
                } else {
                    room().utf8(codePoint);
                }
            }
        }
    }

    private void escape(int letter) {
        room().put('\\').put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer.put(HEX.charAt((letter >> shift) & 0xF));
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(char letter) {
        if (buffer.room() == 0) {
            flushBuffer();
        }
        buffer.put(letter);
    }

    /** The buffer, with room for anything of bounded length. */
    private TextBuffer room() {
        if (buffer.room() < LONGEST) {
            flushBuffer();
        }
        return buffer;
    }

    private void flushBuffer() {
        try {
            buffer.drainTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
