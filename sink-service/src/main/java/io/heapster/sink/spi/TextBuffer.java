package io.heapster.sink.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** UTF-8 text that grows at its end. Numbers are written without an object each. Not safe for several threads. */
public final class TextBuffer {
    private static final int LONGEST_NUMBER = 20;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };
    /** Up to here every whole number is a double of its own. */
    private static final double EXACT = 1L << 53;

    private byte[] bytes;
    private int size;

    public TextBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    public int size() {
        return size;
    }

    /** The text's bytes are the first {@link #size} of this array, until something is appended. */
    public byte[] array() {
        return bytes;
    }

    /** Forgets all, or what comes after {@code newSize} bytes, and keeps the memory. */
    public void truncate(int newSize) {
        size = newSize;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public TextBuffer append(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
        return this;
    }

    /** One ASCII character. */
    public TextBuffer append(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    public TextBuffer append(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return append(text.substring(i).getBytes(UTF_8));
            }
            bytes[size++] = (byte) c;
        }
        return this;
    }

    public TextBuffer append(long number) {
        if (number == Long.MIN_VALUE) {
            return append("-9223372036854775808");
        }
        reserve(LONGEST_NUMBER);
        long rest = number;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int end = size + digits(rest);
        for (int at = end - 1; at >= size; at--) {
            long tenth = rest / 10;
            bytes[at] = (byte) ('0' + (rest - 10 * tenth));
            rest = tenth;
        }
        size = end;
        return this;
    }

    /**
     * A finite number so that reading it back gives the same double.
     *
     * @param decimals how many decimal places it probably has, 0 to 8; with more it is written all the same
     */
    public TextBuffer append(double number, int decimals) {
        long power = POWERS_OF_TEN[decimals];
        double scaled = number * power;
        if (Math.abs(scaled) < EXACT) {
            long units = Math.round(scaled);
            if ((double) units / power == number && (units != 0 || Double.doubleToRawLongBits(number) == 0)) {
                return appendUnits(units, decimals, power);
            }
        }
        return append(Double.toString(number));
    }

    private TextBuffer appendUnits(long units, int decimals, long power) {
        long rest = units;
        if (rest < 0) {
            append('-');
            rest = -rest;
        }
        append(rest / power);
        long fraction = rest % power;
        if (fraction == 0) {
            return this;
        }
        int places = decimals;
        while (fraction % 10 == 0) {
            fraction /= 10;
            places--;
        }
        append('.');
        reserve(places);
        for (int at = size + places - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        size += places;
        return this;
    }

    private static int digits(long number) {
        int digits = 1;
        long bound = 10;
        while (digits < 19 && number >= bound) {
            digits++;
            bound *= 10;
        }
        return digits;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, UTF_8);
    }
}
