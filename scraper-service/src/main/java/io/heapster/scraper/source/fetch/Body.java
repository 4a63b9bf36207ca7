package io.heapster.scraper.source.fetch;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Bytes of an answer as they come, up to a limit. */
final class Body {
    private static final int FIRST_CAPACITY = 16 * 1024;
    private static final byte[] NONE = {};

    private final int limit;
    private final SpareBytes spare;
    private byte[] bytes;
    private int length;

    /** @param expected about how many bytes will come; 0 if nobody knows */
    Body(int expected, int limit, SpareBytes spare) {
        this.limit = limit;
        this.spare = spare;
        this.bytes = spare.take(Math.min(limit, expected + expected / 8 + FIRST_CAPACITY));
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

    /** Gives the bytes back: nobody may look at them any more. */
    void release() {
        spare.give(bytes);
        bytes = NONE;
        length = 0;
    }

    int length() {
        return length;
    }
}
