package io.heapster.model.store;

/** Signed numbers in as few bytes as they need: zigzag, then seven bits a byte, the lowest first. */
final class Varint {
    /** No number takes more bytes. */
    static final int LONGEST = 10;

    /** What is a multiple of 2 to this power is written without its zeros. */
    static final int PAGE_BITS = 12;

    private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

    private Varint() {}

    /** @return where the next number goes */
    static int write(byte[] bytes, int at, long value) {
        return writeUnsigned(bytes, at, zigzag(value));
    }

    /**
     * Writes a number that is most often a multiple of 4,096; the lowest bit of its first byte says that it is none.
     *
     * @return where the next number goes
     */
    static int writePages(byte[] bytes, int at, long value) {
        boolean whole = (value & PAGE_MASK) == 0;
        long rest = zigzag(whole ? value >> PAGE_BITS : value);
        int firstByte = (int) (rest & 0x3F) << 1 | (whole ? 0 : 1);
        rest >>>= 6;
        if (rest == 0) {
            bytes[at] = (byte) firstByte;
            return at + 1;
        }
        bytes[at] = (byte) (firstByte | 0x80);
        return writeUnsigned(bytes, at + 1, rest);
    }

    private static int writeUnsigned(byte[] bytes, int at, long unsigned) {
        long rest = unsigned;
        int next = at;
        while ((rest & ~0x7FL) != 0) {
            bytes[next++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[next++] = (byte) rest;
        return next;
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
