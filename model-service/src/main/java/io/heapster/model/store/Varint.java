package io.heapster.model.store;

/** Signed numbers in as few bytes as they need: zigzag, then seven bits a byte, the lowest first. */
final class Varint {
    static final int LONGEST = 10;

    private Varint() {}

    /** @return where the next number goes */
    static int write(byte[] bytes, int at, long value) {
        long rest = (value << 1) ^ (value >> 63);
        int next = at;
        while ((rest & ~0x7FL) != 0) {
            bytes[next++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[next++] = (byte) rest;
        return next;
    }
}
