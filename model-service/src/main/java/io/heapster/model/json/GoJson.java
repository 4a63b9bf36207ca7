package io.heapster.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;

/**
 * JSON token by token, compact or indented by Go with one space of prefix and one of indentation. What is written is
 * kept until it is taken; whoever writes much drains it from time to time. The caller sees to it that tokens follow each
 * other as JSON wants it. Not safe for several threads.
 */
public final class GoJson {
    private static final String HEX = "0123456789abcdef";
    private static final String SPACES = "\n                                ";
    private static final int CAPACITY = 1024;

    private final StringBuilder out = new StringBuilder(CAPACITY);
    private final boolean indented;
    private int depth;
    /** Whether the next value or key is the first of what encloses it. */
    private boolean first = true;
    /** Whether a key waits for its value. */
    private boolean keyed;

    private GoJson(boolean indented) {
        this.indented = indented;
    }

    public static GoJson indented() {
        return new GoJson(true);
    }

    public static GoJson compact() {
        return new GoJson(false);
    }

    public GoJson beginObject() {
        return begin('{');
    }

    public GoJson endObject() {
        return end('}');
    }

    public GoJson beginArray() {
        return begin('[');
    }

    public GoJson endArray() {
        return end(']');
    }

    public GoJson key(String key) {
        separate();
        quote(key);
        out.append(indented ? ": " : ":");
        keyed = true;
        return this;
    }

    public GoJson value(String text) {
        separate();
        quote(text);
        return this;
    }

    public GoJson value(long number) {
        separate();
        out.append(number);
        return this;
    }

    /** A finite number. */
    public GoJson value(double number) {
        separate();
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < 1e15) {
            out.append((long) number);
        } else if (size >= 1e-6 && size < 1e21) {
            out.append(
                    new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString());
        } else {
            out.append(number);
        }
        return this;
    }

    /** @param millis since 1970 */
    public GoJson time(long millis) {
        separate();
        out.append('"');
        GoTime.append(out, millis);
        out.append('"');
        return this;
    }

    public GoJson nothing() {
        separate();
        out.append("null");
        return this;
    }

    /** The line break that Go's encoder writes after a whole document. */
    public GoJson lineBreak() {
        out.append('\n');
        return this;
    }

    /** How many characters have been written since the last draining. */
    public int pending() {
        return out.length();
    }

    /** Hands over what was written and forgets it. */
    public void drainTo(OutputStream stream) throws IOException {
        stream.write(bytes());
        out.setLength(0);
    }

    public byte[] bytes() {
        return out.toString().getBytes(UTF_8);
    }

    private GoJson begin(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private GoJson end(char bracket) {
        depth--;
        if (!first) {
            breakLine();
        }
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (keyed) {
            keyed = false;
            return;
        }
        if (depth > 0) {
            if (!first) {
                out.append(',');
            }
            breakLine();
        }
        first = false;
    }

    private void breakLine() {
        if (indented) {
            out.append(SPACES, 0, depth + 2);
        }
    }

    private void quote(String text) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (isSpecial(letter)) {
                out.append(text, plain, i);
                escape(letter);
                plain = i + 1;
            }
        }
        out.append(text, plain, text.length()).append('"');
    }

    /** Go also hides what HTML or JavaScript would take for its own. */
    private static boolean isSpecial(char letter) {
        return switch (letter) {
            case '"', '\\', '<', '>', '&', '\u2028', '\u2029' -> true;
            default -> letter < ' ';
        };
    }

    private void escape(char letter) {
        switch (letter) {
            case '"', '\\' -> out.append('\\').append(letter);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((letter >> shift) & 0xF));
                }
            }
        }
    }
}
