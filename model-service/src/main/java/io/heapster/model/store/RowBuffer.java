package io.heapster.model.store;

import java.util.Arrays;

/**
 * Where the newest row of a chunk and the one before it are written before they have their place: the newest as a head,
 * which is its values and steps, the other as what leads back to it. Of the writer only.
 */
final class RowBuffer {
    private byte[] bytes = new byte[1024];
    private int size;
    private long[] steps = new long[64];

    /** Writes the first row of a chunk. */
    void begin(Shape shape, long[] row) {
        reserve(shape);
        for (int place : shape.layout().steppingPlaces()) {
            steps[place] = 0;
        }
        size = 0;
        writeHead(shape.layout(), row);
    }

    /**
     * Writes a row and what leads from it back to the one before.
     *
     * @param last stands on the row before
     */
    void advance(RowCursor last, long[] row) {
        Shape shape = last.shape();
        reserve(shape);
        for (int place : shape.layout().steppingPlaces()) {
            steps[place] = row[place] - last.kept(place);
        }
        size = 0;
        writeHead(shape.layout(), row);
        writeWayBack(last, row);
    }

    /** Writes the row a cursor stands on. */
    void head(RowCursor row) {
        Shape shape = row.shape();
        reserve(shape);
        size = 0;
        for (int place = 0; place < shape.places(); place++) {
            write(shape.layout(), place, row.kept(place));
        }
        for (int place : shape.layout().steppingPlaces()) {
            size = Varint.write(bytes, size, row.step(place));
        }
    }

    int size() {
        return size;
    }

    /** Copies what was written, last byte first: rows are read from the end of a chunk on. */
    void copyReversed(byte[] target, int at) {
        for (int i = 0; i < size; i++) {
            target[at + i] = bytes[size - 1 - i];
        }
    }

    private void writeWayBack(RowCursor last, long[] row) {
        Layout layout = last.shape().layout();
        int bitmap = size;
        size += layout.bitmapBytes();
        Arrays.fill(bytes, bitmap, size, (byte) 0);
        long elapsed = steps[Layout.TICK] + steps[Layout.MEASURED_AFTER];
        for (int place = 0; place < layout.places(); place++) {
            long way =
                    switch (layout.prediction(place)) {
                        case SAME, PAGES -> row[place] - last.kept(place);
                        case STEP -> steps[place] - last.step(place);
                        case ELAPSED -> row[place] - last.kept(place) - elapsed;
                        case RATE -> last.kept(place);
                    };
            if (way != 0) {
                bytes[bitmap + (place >>> 3)] |= (byte) (1 << (place & 7));
                write(layout, place, way);
            }
        }
    }

    private void writeHead(Layout layout, long[] row) {
        for (int place = 0; place < layout.places(); place++) {
            boolean rate = layout.prediction(place) == Prediction.RATE;
            write(layout, place, rate ? row[place] - layout.predictedRate(place, steps) : row[place]);
        }
        for (int place : layout.steppingPlaces()) {
            size = Varint.write(bytes, size, steps[place]);
        }
    }

    private void write(Layout layout, int place, long value) {
        size = layout.prediction(place) == Prediction.PAGES
                ? Varint.writePages(bytes, size, value)
                : Varint.write(bytes, size, value);
    }

    private void reserve(Shape shape) {
        int needed = (3 * Varint.LONGEST + 1) * shape.places() + 8;
        if (bytes.length < needed) {
            bytes = new byte[needed];
        }
        if (steps.length < shape.places()) {
            steps = new long[2 * shape.places()];
        }
    }
}
