package io.heapster.scraper.source.fetch;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Bytes of an answer as they come, up to a limit. */
final class Body {
    private static final int FIRST_CAPACITY = 16 * 1024;

    private final int limit;
    private byte[] bytes;
    private int length;

    /** @param expected about how many bytes will come; 0 if nobody knows */
    Body(int expected, int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(limit, expected + expected / 8 + FIRST_CAPACITY)];
    }

    /** Appends; false if the limit would be passed. */
    boolean append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > limit || needed < 0) {
            return false;
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
        }
        chunk.getBytes(bytes, length);
        length = needed;
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
