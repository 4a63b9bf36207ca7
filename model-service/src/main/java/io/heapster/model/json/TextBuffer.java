package io.heapster.model.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/** Text being written, in a fixed number of bytes. Whoever appends sees to it that there is room. */
final class TextBuffer {
    private static final int LONGEST_DIGITS = 19;

    /** Whether a character of ASCII stands for itself in a string of Go's JSON. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        for (char letter = ' '; letter < PLAIN.length; letter++) {
            // Go also hides what HTML would take for its own.
            PLAIN[letter] = "\"\\<>&".indexOf(letter) < 0;
        }
    }

    private final byte[] bytes;
    private int size;

    TextBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** How many more bytes there is room for. */
    int room() {
        return bytes.length - size;
    }

    TextBuffer put(int letter) {
        bytes[size++] = (byte) letter;
        return this;
    }

    /**
     * Appends characters that stand for themselves, as many as follow each other and find room.
     *
     * @param to end of what is to be appended
     * @return the index of the first one that is left
     */
    int putPlain(String text, int from, int to) {
        int end = Math.min(to, from + room());
        int at = from;
        for (int place = size; at < end; at++) {
            char letter = text.charAt(at);
            if (letter >= PLAIN.length || !PLAIN[letter]) {
                break;
            }
            bytes[place++] = (byte) letter;
        }
        size += at - from;
        return at;
    }

    /** One half of a pair of surrogates, which is no character, becomes a question mark. */
    TextBuffer utf8(int codePoint) {
        if (codePoint < 0x80) {
            return put(codePoint);
        }
        if (codePoint < 0x800) {
            return put(0xC0 | (codePoint >> 6)).putRest(codePoint, 0);
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            return put('?');
        }
        if (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            return put(0xE0 | (codePoint >> 12)).putRest(codePoint, 6).putRest(codePoint, 0);
        }
        return put(0xF0 | (codePoint >> 18))
                .putRest(codePoint, 12)
                .putRest(codePoint, 6)
                .putRest(codePoint, 0);
    }

    private TextBuffer putRest(int codePoint, int shift) {
        return put(0x80 | ((codePoint >> shift) & 0x3F));
    }

    TextBuffer number(long number) {
        if (number < 0) {
            put('-');
        }
        // What is not positive reaches further than what is not negative.
        long left = number < 0 ? number : -number;
        size += digits(left);
        int at = size;
        do {
            bytes[--at] = (byte) ('0' - left % 10);
            left /= 10;
        } while (left != 0);
        return this;
    }

    private static int digits(long notPositive) {
        int digits = 1;
        long limit = -10;
        while (digits < LONGEST_DIGITS && notPositive <= limit) {
            limit *= 10;
            digits++;
        }
        return digits;
    }

    TextBuffer twoDigits(int upTo99) {
        return put('0' + upTo99 / 10).put('0' + upTo99 % 10);
    }

    /**
     * The digits after the point, without zeros at the end; of a whole number neither they nor the point.
     *
     * @param unit what one is of the first digit
     */
    TextBuffer fraction(int fraction, int unit) {
        if (fraction == 0) {
            return this;
        }
        put('.');
        int rest = fraction;
        for (int each = unit; rest != 0; each /= 10) {
            put('0' + rest / each);
            rest %= each;
        }
        return this;
    }

    void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }

    /** What was appended, where it is ASCII. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, US_ASCII);
    }
}
