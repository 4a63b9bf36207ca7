package io.heapster.sink.influxdb;

import io.heapster.sink.spi.TextBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses request after request into one array that it keeps. Not safe for several threads. */
final class Gzip {
    /** Deflate, no name, no time, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 checksum = new CRC32();
    private byte[] body = new byte[1 << 16];
    private int size;

    /** Replaces what was compressed before. */
    void compress(TextBuffer text) {
        System.arraycopy(HEADER, 0, body, 0, HEADER.length);
        size = HEADER.length;
        deflater.reset();
        deflater.setInput(text.array(), 0, text.size());
        deflater.finish();
        while (!deflater.finished()) {
            if (size == body.length) {
                body = Arrays.copyOf(body, 2 * size);
            }
            size += deflater.deflate(body, size, body.length - size);
        }
        checksum.reset();
        checksum.update(text.array(), 0, text.size());
        trailer((int) checksum.getValue());
        trailer(text.size());
    }

    private void trailer(int number) {
        if (body.length - size < Integer.BYTES) {
            body = Arrays.copyOf(body, size + 64);
        }
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            body[size++] = (byte) (number >>> shift);
        }
    }

    /** The compressed text is the first {@link #size} bytes of it, until the next is compressed. */
    byte[] array() {
        return body;
    }

    int size() {
        return size;
    }

    void end() {
        deflater.end();
    }
}
