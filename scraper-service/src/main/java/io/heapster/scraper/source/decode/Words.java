package io.heapster.scraper.source.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes looked at by eight: the first of them is the lowest of the word. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
    private static final long BLANKS = 0x2020202020202020L;
    private static final long ZEROES = 0x3030303030303030L;
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private Words() {}

    /** Eight bytes from {@code at} on, which must all be in the array. */
    static long at(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** The first {@code length} bytes, at most eight, that begin at {@code at}; what lies behind counts as zero. */
    static long at(byte[] bytes, int at, int length) {
        if (at + Long.BYTES <= bytes.length) {
            return first(at(bytes, at), length);
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[at + i] & 0xffL) << (i << 3);
        }
        return word;
    }

    /** The word with its first {@code length} bytes, at most eight, and zeroes behind. */
    static long first(long word, int length) {
        return length == 0 ? 0 : word & (-1L >>> (Long.SIZE - (length << 3)));
    }

    /** How many bytes are before the first quote or backslash; eight when there is neither. */
    static int beforeQuoteOrBackslash(long word) {
        return Long.numberOfTrailingZeros(zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES)) >>> 3;
    }

    /** How many of the bytes are blanks before the first that is none. */
    static int blanks(long word) {
        return Long.numberOfTrailingZeros(word ^ BLANKS) >>> 3;
    }

    /** Whether all eight are digits. */
    static boolean areDigits(long word) {
        long digits = word ^ ZEROES;
        // 0x76 and ten make a high bit
        return ((digits | (digits + 0x76 * ONES)) & HIGH_BITS) == 0;
    }

    /** The number that eight digits make: pairs of digits, then of these, then of those. */
    static long number(long digits) {
        long twos = ((digits & 0x0f * ONES) * (10 << 8 | 1)) >>> 8;
        long fours = ((twos & 0x00ff00ff00ff00ffL) * (100 << 16 | 1)) >>> 16;
        return ((fours & 0x0000ffff0000ffffL) * (10_000L << 32 | 1)) >>> 32;
    }

    /** Hash of a text so far and eight more of its bytes, or fewer at its end. */
    static long hash(long before, long word) {
        long hash = (before ^ word) * FACTOR;
        return hash ^ (hash >>> 32);
    }

    /** A high bit for the first byte that is zero, and perhaps for some behind it. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }
}
