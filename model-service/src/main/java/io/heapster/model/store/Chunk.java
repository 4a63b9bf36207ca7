package io.heapster.model.store;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some successive rows of one entity, all of one shape. The first row is whole; of each later one only those places are
 * kept that differ from their prediction: a bitmap, then the differences. A gauge is predicted to stay as it is, a
 * counter and the tick to go on by the same step.
 *
 * <p>One thread appends while others read: bytes are never changed once {@link #rows} counts them, and a reader asks for
 * {@link #rows} before anything else.
 */
final class Chunk {
    /** More rows cost more to append to and keep expired rows longer; fewer rows repeat the whole row more often. */
    static final int MAX_ROWS = 12;

    static final Shape NO_SHAPE = new Shape(List.of());

    private static final int OBJECT_BYTES = 40 + 16;

    private final Shape shape;
    private volatile @Nullable Chunk older;
    private byte[] bytes;
    private int size;
    private long newestTick;
    private volatile int rows;

    /** A chunk of one row. */
    Chunk(Shape shape, long[] row, RowBuffer buffer, @Nullable Chunk older) {
        this.shape = shape;
        this.older = older;
        this.bytes = buffer.whole(shape, row);
        this.size = bytes.length;
        this.newestTick = row[Shape.TICK];
        this.rows = 1;
    }

    boolean isFull() {
        return rows == MAX_ROWS;
    }

    /**
     * Adds a row after all others.
     *
     * @param last stands on the last row
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void append(RowCursor last, long[] row, RowBuffer buffer) {
        int length = buffer.difference(last, row);
        boolean full = rows == MAX_ROWS - 1;
        int needed = size + length;
        if (needed > bytes.length || full) {
            // The last row of a chunk is where its array gets the size it keeps.
            bytes = Arrays.copyOf(bytes, full ? needed : needed + 2 * length);
        }
        buffer.copyTo(bytes, size, length);
        size = needed;
        newestTick = row[Shape.TICK];
        rows++;
    }

    Shape shape() {
        return shape;
    }

    int rows() {
        return rows;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Tick of the last row; of the writer only. */
    long newestTick() {
        return newestTick;
    }

    @Nullable
    Chunk older() {
        return older;
    }

    /** Lets go of all chunks before this one; who reads them now keeps them. */
    void forgetOlder() {
        older = null;
    }

    /** Memory this chunk takes. */
    int residentBytes() {
        return OBJECT_BYTES + bytes.length;
    }
}
