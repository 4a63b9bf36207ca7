package io.heapster.sink.influxdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One deflate block (RFC 1951) with the codes that need no table in the stream. For one thread.
 *
 * <p>Codes are kept as they go into the stream, first bit lowest, with their extra bits above them.
 */
final class DeflateBits {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST = 258;
    private static final int SHORTEST = 3;
    private static final int LENGTH_CODES = 29;
    private static final int END_OF_BLOCK = 256;
    private static final int LAST_BLOCK_WITH_FIXED_CODES = 0b011;

    private static final int[] LITERAL_CODE = new int[256];
    private static final int[] LITERAL_BITS = new int[256];
    private static final int[] LENGTH_CODE = new int[LONGEST + 1];
    private static final int[] LENGTH_BITS = new int[LONGEST + 1];
    private static final int[] DISTANCE_CODE = new int[30];

    static {
        for (int literal = 0; literal < 256; literal++) {
            LITERAL_BITS[literal] = symbolBits(literal);
            LITERAL_CODE[literal] = symbolCode(literal);
        }
        int length = SHORTEST;
        for (int code = 0; code < LENGTH_CODES; code++) {
            int extraBits = code < 8 || code == LENGTH_CODES - 1 ? 0 : code / 4 - 1;
            int symbol = END_OF_BLOCK + 1 + code;
            // The longest has a code of its own, although the one before it could say it, too.
            int first = code == LENGTH_CODES - 1 ? LONGEST : length;
            for (int extra = 0; extra < 1 << extraBits && first + extra <= LONGEST; extra++) {
                LENGTH_CODE[first + extra] = symbolCode(symbol) | extra << symbolBits(symbol);
                LENGTH_BITS[first + extra] = symbolBits(symbol) + extraBits;
            }
            length += 1 << extraBits;
        }
        for (int code = 0; code < DISTANCE_CODE.length; code++) {
            DISTANCE_CODE[code] = reversed(code, 5);
        }
    }

    private static int symbolBits(int symbol) {
        if (symbol < 144) {
            return 8;
        }
        if (symbol < 256) {
            return 9;
        }
        return symbol < 280 ? 7 : 8;
    }

    private static int symbolCode(int symbol) {
        if (symbol < 144) {
            return reversed(0x30 + symbol, 8);
        }
        if (symbol < 256) {
            return reversed(0x190 + symbol - 144, 9);
        }
        return symbol < 280 ? reversed(symbol - 256, 7) : reversed(0xc0 + symbol - 280, 8);
    }

    private static int reversed(int code, int bits) {
        return Integer.reverse(code) >>> (Integer.SIZE - bits);
    }

    private byte[] bytes = new byte[1 << 16];
    private int size;
    private long waiting;
    private int waitingBits;

    /** Forgets what was written and begins a stream after these bytes. */
    void begin(byte[] header) {
        System.arraycopy(header, 0, bytes, 0, header.length);
        size = header.length;
        waiting = 0;
        waitingBits = 0;
        put(LAST_BLOCK_WITH_FIXED_CODES, 3);
    }

    void literal(byte literal) {
        put(LITERAL_CODE[literal & 0xff], LITERAL_BITS[literal & 0xff]);
    }

    /**
     * The same bytes as some way before.
     *
     * @param length how many, at least 3
     * @param distance how far back, 1 to 32,768
     */
    void repetition(int length, int distance) {
        int back = distance - 1;
        int log = back < 2 ? 0 : 31 - Integer.numberOfLeadingZeros(back);
        int extraBits = Math.max(0, log - 1);
        int code = back < 2 ? back : 2 * log + (back >>> extraBits & 1);
        int distanceCode = DISTANCE_CODE[code] | (back & (1 << extraBits) - 1) << 5;
        for (int left = length; left > 0; ) {
            // What is left must not be too short to be said.
            int part = left <= LONGEST ? left : Math.min(LONGEST, left - SHORTEST);
            put(LENGTH_CODE[part], LENGTH_BITS[part]);
            put(distanceCode, 5 + extraBits);
            left -= part;
        }
    }

    /** Ends the block and fills up the byte. */
    void end() {
        put(0, 7);
        put(0, 7 & -waitingBits);
        flush();
    }

    /** Four bytes behind the stream, lowest first. */
    void trailer(int number) {
        put(number & 0xffff, 16);
        put(number >>> 16, 16);
        flush();
    }

    private void put(int code, int bits) {
        waiting |= (long) code << waitingBits;
        waitingBits += bits;
        if (waitingBits > 32) {
            flush();
        }
    }

    /** Whole bytes only. */
    private void flush() {
        if (bytes.length - size < Long.BYTES) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        WORD.set(bytes, size, waiting);
        int whole = waitingBits / Byte.SIZE;
        size += whole;
        waiting >>>= whole * Byte.SIZE;
        waitingBits -= whole * Byte.SIZE;
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }
}
