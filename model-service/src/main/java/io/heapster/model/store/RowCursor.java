package io.heapster.model.store;

import java.util.Arrays;
import java.util.List;

/** Goes through the rows of a chunk, newest first, on a copy of its bytes. Reusable; for one thread. */
final class RowCursor {
    private static final long[] NONE = {};
    private static final Shape NO_SHAPE = new Shape(new Layout(List.of()));

    private Shape shape = NO_SHAPE;
    private byte[] bytes = {};
    /** What is above has been read. */
    private int at;

    private boolean first;
    /** Values; of a rate how far it is from its prediction. */
    private long[] places = NONE;
    /** How far stepping places are from where they were in the row before. */
    private long[] steps = NONE;

    /** Stands before the newest of the rows that the chunk has at this moment. */
    RowCursor over(Chunk chunk) {
        shape(chunk.shape());
        first = true;
        chunk.copyTo(this);
        return this;
    }

    /** Stands on the newest of the rows that the chunk has at this moment, and knows no other. */
    RowCursor onNewest(Chunk chunk) {
        shape(chunk.shape());
        chunk.readNewest(this);
        return this;
    }

    private void shape(Shape newShape) {
        shape = newShape;
        if (places.length < shape.places()) {
            places = new long[shape.places()];
            steps = new long[shape.places()];
        }
    }

    /** Takes a copy of what is to be read. */
    void load(byte[] source, int size) {
        if (bytes.length < size) {
            bytes = new byte[size + size / 4];
        }
        System.arraycopy(source, 0, bytes, 0, size);
        at = size;
    }

    /** Reads the newest row out of bytes that are another's. */
    void readNewest(byte[] source, int size) {
        byte[] own = bytes;
        bytes = source;
        at = size;
        readHead();
        bytes = own;
        at = 0;
    }

    boolean next() {
        if (at == 0) {
            return false;
        }
        if (first) {
            first = false;
            readHead();
        } else {
            stepBack();
        }
        return true;
    }

    private void readHead() {
        Layout layout = shape.layout();
        for (int place = 0; place < layout.places(); place++) {
            places[place] = layout.prediction(place) == Prediction.PAGES ? pages() : number();
        }
        for (int place : layout.steppingPlaces()) {
            steps[place] = number();
        }
    }

    private void stepBack() {
        Layout layout = shape.layout();
        long elapsed = elapsedMillis();
        for (int place : layout.elapsingPlaces()) {
            places[place] -= elapsed;
        }
        for (int place : layout.ratePlaces()) {
            places[place] = 0;
        }
        for (int place : layout.steppingPlaces()) {
            places[place] -= steps[place];
        }
        int bitmap = at;
        at -= layout.bitmapBytes();
        for (int i = 0; i < layout.bitmapBytes(); i++) {
            for (int bits = bytes[bitmap - 1 - i] & 0xFF; bits != 0; bits &= bits - 1) {
                int place = (i << 3) + Integer.numberOfTrailingZeros(bits);
                switch (layout.prediction(place)) {
                    case STEP -> steps[place] -= number();
                    case RATE -> places[place] = number();
                    case PAGES -> places[place] -= pages();
                    case SAME, ELAPSED -> places[place] -= number();
                }
            }
        }
    }

    private long number() {
        return signed(unsigned(0, 0));
    }

    /** Reads what {@link Varint#writePages} wrote. */
    private long pages() {
        byte firstByte = bytes[--at];
        long low = (firstByte & 0x7FL) >>> 1;
        long value = signed(firstByte < 0 ? unsigned(low, 6) : low);
        return (firstByte & 1) == 0 ? value << Varint.PAGE_BITS : value;
    }

    /** @param low the lowest bits, which are known already, as many as {@code known} */
    private long unsigned(long low, int known) {
        long value = low;
        int shift = known;
        byte next;
        do {
            next = bytes[--at];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    private static long signed(long zigzag) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    Shape shape() {
        return shape;
    }

    /** How many bytes the rows take that have not been read yet, the oldest ones. */
    int unread() {
        return at;
    }

    long tick() {
        return places[Layout.TICK];
    }

    /** When the row was measured, ms since 1970; its tick when the source did not say. */
    long measuredMillis() {
        return places[Layout.TICK] + places[Layout.MEASURED_AFTER];
    }

    /** Time since the row before it was measured, in ms; 0 when the chunk never had one. */
    long elapsedMillis() {
        return steps[Layout.TICK] + steps[Layout.MEASURED_AFTER];
    }

    /** What is kept of a place: its value, or of a rate how far it is from its prediction. */
    long kept(int place) {
        return places[place];
    }

    /** How far a stepping place is from where it was in the row before. */
    long step(int place) {
        return steps[place];
    }

    /** The value of a place. */
    long value(int place) {
        Layout layout = shape.layout();
        return layout.prediction(place) == Prediction.RATE
                ? places[place] + layout.predictedRate(place, steps)
                : places[place];
    }

    /** The value of a column as samples carry it. */
    long bits(int column) {
        return shape.bits(column, value(column + Layout.FIRST_COLUMN));
    }

    /** A copy of the row. */
    long[] row() {
        long[] row = Arrays.copyOf(places, shape.places());
        for (int place : shape.layout().ratePlaces()) {
            row[place] = value(place);
        }
        return row;
    }
}
