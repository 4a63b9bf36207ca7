package io.heapster.model.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Goes through the rows of a chunk, newest first, for their ticks and lengths alone: values are passed over unread, many
 * at once. Reusable; of the writer only.
 */
final class TickCursor {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;

    private Layout layout = new Layout(List.of());
    private byte[] bytes = {};
    /** What is above has been read or passed over. */
    private int at;

    private boolean first;
    private long tick;
    private long step;

    /** Stands before the newest row; the bytes are not copied. */
    TickCursor over(Layout newLayout, byte[] source, int size) {
        layout = newLayout;
        bytes = source;
        at = size;
        first = true;
        return this;
    }

    boolean next() {
        if (at == 0) {
            return false;
        }
        if (first) {
            first = false;
            tick = number();
            skip(layout.places() - 1);
            step = number();
            skip(layout.steppingPlaces().length - 1);
        } else {
            stepBack();
        }
        return true;
    }

    private void stepBack() {
        tick -= step;
        int bitmap = at;
        at -= layout.bitmapBytes();
        int differing = 0;
        for (int i = at; i < bitmap; i++) {
            differing += Integer.bitCount(bytes[i] & 0xFF);
        }
        // The tick is the first place of all.
        if ((bytes[bitmap - 1] & 1) != 0) {
            step -= number();
            differing--;
        }
        skip(differing);
    }

    private long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[--at];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return (value >>> 1) ^ -(value & 1);
    }

    /** Passes over so many numbers: each ends in a byte whose top bit is clear. */
    private void skip(int numbers) {
        int left = numbers;
        while (left > 0 && at >= Long.BYTES) {
            long word = (long) WORDS.get(bytes, at - Long.BYTES);
            int ends = Long.bitCount(~word & TOP_BITS);
            if (ends >= left) {
                break;
            }
            left -= ends;
            at -= Long.BYTES;
        }
        for (; left > 0; left--) {
            do {
                at--;
            } while (bytes[at] < 0);
        }
    }

    long tick() {
        return tick;
    }

    /** How many bytes the rows take that have not been passed, the oldest ones. */
    int unread() {
        return at;
    }
}
