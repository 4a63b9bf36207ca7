package io.heapster.model.store;

import java.util.Arrays;

/** Goes through the rows of a chunk, oldest first. Reusable; for one thread. */
final class RowCursor {
    private static final long[] NONE = {};

    private Shape shape = Chunk.NO_SHAPE;
    private byte[] bytes = {};
    private int at;
    private int rowsLeft;
    private boolean first;
    private long[] places = NONE;

    private long[] steps = NONE;

    /** Stands before the first of the rows that the chunk has at this moment. */
    RowCursor over(Chunk chunk) {
        rowsLeft = chunk.rows();
        bytes = chunk.bytes();
        shape = chunk.shape();
        at = 0;
        first = true;
        if (places.length < shape.places()) {
            places = new long[shape.places()];
            steps = new long[shape.places()];
        } else {
            Arrays.fill(steps, 0, shape.places(), 0);
        }
        return this;
    }

    boolean next() {
        if (rowsLeft == 0) {
            return false;
        }
        rowsLeft--;
        if (first) {
            first = false;
            for (int place = 0; place < shape.places(); place++) {
                places[place] = number();
            }
        } else {
            advance();
        }
        return true;
    }

    /** Whether it stands on the last row. */
    boolean isLast() {
        return rowsLeft == 0;
    }

    /** Goes to the last row. */
    RowCursor toLast() {
        while (rowsLeft > 0) {
            next();
        }
        return this;
    }

    private void advance() {
        int bitmap = at;
        int bitmapBytes = shape.bitmapBytes();
        at += bitmapBytes;
        for (int i = 0; i < bitmapBytes; i++) {
            for (int bits = bytes[bitmap + i] & 0xFF; bits != 0; bits &= bits - 1) {
                int place = (i << 3) + Integer.numberOfTrailingZeros(bits);
                long difference = number();
                if (shape.isLinearPlace(place)) {
                    steps[place] += difference;
                } else {
                    places[place] += difference;
                }
            }
        }
        for (int place : shape.linearPlaces()) {
            places[place] += steps[place];
        }
    }

    private long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return (value >>> 1) ^ -(value & 1);
    }

    Shape shape() {
        return shape;
    }

    long tick() {
        return places[Shape.TICK];
    }

    /** When the row was measured, ms since 1970; its tick when the source did not say. */
    long measuredMillis() {
        return places[Shape.TICK] + places[Shape.MEASURED_AFTER];
    }

    /** A copy of the row. */
    long[] row() {
        return Arrays.copyOf(places, shape.places());
    }

    /** The value of a column as samples carry it. */
    long bits(int column) {
        return shape.bits(column, places[column + Shape.FIRST_COLUMN]);
    }

    /** What a place is predicted to be in the row after this one. */
    long predicted(int place) {
        return shape.isLinearPlace(place) ? places[place] + steps[place] : places[place];
    }
}
