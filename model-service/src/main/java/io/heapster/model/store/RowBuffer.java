package io.heapster.model.store;

import java.util.Arrays;

/** Where a row is written before it has its place. Of the writer only. */
final class RowBuffer {
    private byte[] bytes = new byte[1024];

    byte[] whole(Shape shape, long tick, long[] stored) {
        reserve(shape.size() + 1);
        int at = Varint.write(bytes, 0, tick);
        for (int column = 0; column < shape.size(); column++) {
            at = Varint.write(bytes, at, stored[column]);
        }
        return Arrays.copyOf(bytes, at);
    }

    /** @return how many bytes the row takes */
    int difference(RowCursor last, long tick, long[] stored) {
        Shape shape = last.shape();
        reserve(shape.size() + 1);
        int at = shape.bitmapBytes();
        Arrays.fill(bytes, 0, at, (byte) 0);
        at = writeDifference(at, 0, tick - last.predicted(0));
        for (int column = 0; column < shape.size(); column++) {
            at = writeDifference(at, column + 1, stored[column] - last.predicted(column + 1));
        }
        return at;
    }

    void copyTo(byte[] target, int at, int length) {
        System.arraycopy(bytes, 0, target, at, length);
    }

    private int writeDifference(int at, int place, long difference) {
        if (difference == 0) {
            return at;
        }
        bytes[place >>> 3] |= (byte) (1 << (place & 7));
        return Varint.write(bytes, at, difference);
    }

    private void reserve(int places) {
        int needed = places * (Varint.LONGEST + 1) + 8;
        if (bytes.length < needed) {
            bytes = new byte[needed];
        }
    }
}
