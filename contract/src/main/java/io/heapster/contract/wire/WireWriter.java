package io.heapster.contract.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the protobuf wire form into a growing array that is kept between records. A nested message is written first
 * and then moved to make room for its length, so nothing is sized twice.
 */
final class WireWriter {
    private static final int LENGTH_DELIMITED = 2;
    private static final int MAX_VARINT = 10;

    private byte[] bytes = new byte[64 * 1024];
    private int position;

    void reset() {
        position = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, position);
    }

    WireWriter append(WireWriter other) {
        room(other.position);
        System.arraycopy(other.bytes, 0, bytes, position, other.position);
        position += other.position;
        return this;
    }

    void string(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        tag(field, LENGTH_DELIMITED);
        varint(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, position, utf8.length);
        position += utf8.length;
    }

    void unsigned(int field, long value) {
        tag(field, 0);
        varint(value);
    }

    void signed(int field, long value) {
        tag(field, 0);
        zigzag(value);
    }

    /** Begins a nested message or a packed list. @return what {@link #end} needs */
    int begin(int field) {
        tag(field, LENGTH_DELIMITED);
        return position;
    }

    void end(int start) {
        int length = position - start;
        int width = varintSize(length);
        room(width);
        System.arraycopy(bytes, start, bytes, start + width, length);
        position = start;
        varint(length);
        position += length;
    }

    void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    void fixed64(long value) {
        room(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[position++] = (byte) (value >>> shift);
        }
    }

    void varint(long value) {
        room(MAX_VARINT);
        byte[] target = bytes;
        int at = position;
        if ((value & ~0x7FL) == 0) {
            target[at] = (byte) value;
            position = at + 1;
            return;
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        position = at;
    }

    private void tag(int field, int wireType) {
        varint(field << 3 | wireType);
    }

    private void room(int more) {
        if (bytes.length - position < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + more));
        }
    }

    private static int varintSize(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }
}
