package io.heapster.model.store;

import java.util.Arrays;

/** Where a row is written before it has its place. Of the writer only. */
final class RowBuffer {
    private byte[] bytes = new byte[1024];

    byte[] whole(Shape shape, long[] row) {
        reserve(shape.places());
        int at = 0;
        for (int place = 0; place < shape.places(); place++) {
            at = Varint.write(bytes, at, row[place]);
        }
        return Arrays.copyOf(bytes, at);
    }

    /** @return how many bytes the row takes */
    int difference(RowCursor last, long[] row) {
        Shape shape = last.shape();
        reserve(shape.places());
        int at = shape.bitmapBytes();
        Arrays.fill(bytes, 0, at, (byte) 0);
        for (int place = 0; place < shape.places(); place++) {
            at = writeDifference(at, place, row[place] - last.predicted(place));
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
