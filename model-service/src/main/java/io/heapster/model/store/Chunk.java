package io.heapster.model.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Successive rows of one entity, all of one shape. The newest row is whole; of each one before it is kept what leads back
 * to it from the row after: a bitmap of the places that are not as predicted, then the differences. So the newest row
 * is read without the others, a row is added by writing its end anew, and the oldest rows are cut off as they are.
 *
 * <p>One thread writes while others read: bytes change and are copied under the chunk's own lock, and the writer alone
 * reads without it.
 */
final class Chunk {
    /** More rows make cutting off costlier; fewer rows repeat the whole row more often. */
    static final int MAX_ROWS = 128;

    private static final int OBJECT_BYTES = 40 + 16;

    private final Shape shape;
    private volatile @Nullable Chunk older;
    /** Last byte first: {@code size} bytes, of which the topmost are the newest row's. */
    private byte[] bytes;

    private int size;
    private int rows;
    private long newestTick;

    /** A chunk of one row. */
    Chunk(Shape shape, long[] row, RowBuffer buffer, @Nullable Chunk older) {
        this.shape = shape;
        this.older = older;
        buffer.begin(shape, row);
        this.size = buffer.size();
        this.bytes = new byte[size];
        buffer.copyReversed(bytes, 0);
        this.newestTick = row[Layout.TICK];
        this.rows = 1;
    }

    private Chunk(Chunk original) {
        this.shape = original.shape;
        this.older = original.older;
        this.bytes = original.bytes.clone();
        this.size = original.size;
        this.rows = original.rows;
        this.newestTick = original.newestTick;
    }

    /** The same rows, which may change without changing these; of the writer only. */
    Chunk copy() {
        return new Chunk(this);
    }

    boolean isFull() {
        return rows == MAX_ROWS;
    }

    /**
     * Adds a row in place of the newest ones.
     *
     * @param last stands on the row after which it comes
     * @param replaced how many rows there are after that; mostly none
     * @param oldestTick rows before may be cut off; {@code last} is none of them
     * @param ticks goes through the chunk when there is not enough room
     */
    synchronized void append(
            RowCursor last, int replaced, long[] row, RowBuffer buffer, long oldestTick, TickCursor ticks) {
        buffer.advance(last, row);
        rows += 1 - replaced;
        write(last.unread(), buffer, oldestTick, ticks);
        newestTick = row[Layout.TICK];
    }

    /** Writes over all that is above a position. */
    private void write(int position, RowBuffer buffer, long oldestTick, TickCursor ticks) {
        int from = 0;
        if (position + buffer.size() > bytes.length) {
            from = expired(oldestTick, ticks);
        }
        int needed = position - from + buffer.size();
        byte[] target = needed > bytes.length ? new byte[roomFor(needed)] : bytes;
        if (target != bytes || from > 0) {
            System.arraycopy(bytes, from, target, 0, position - from);
        }
        buffer.copyReversed(target, position - from);
        if (target != bytes) {
            // Not even the same again: to the collector every reference that is written is work.
            bytes = target;
        }
        size = needed;
    }

    private static int roomFor(int needed) {
        return needed + Math.max(64, needed / 10) & ~7;
    }

    /** Counts off the rows before a tick; returns how many bytes they take. */
    private int expired(long oldestTick, TickCursor cursor) {
        cursor.over(shape.layout(), bytes, size);
        int unread = size;
        int expired = 0;
        int expiredBytes = 0;
        while (cursor.next()) {
            if (cursor.tick() < oldestTick) {
                expiredBytes = expired == 0 ? unread : expiredBytes;
                expired++;
            }
            unread = cursor.unread();
        }
        rows -= expired;
        return expiredBytes;
    }

    /** Cuts off the rows before a tick; the newest is none of them. */
    synchronized void cutBefore(long oldestTick, TickCursor ticks) {
        int from = expired(oldestTick, ticks);
        if (from > 0) {
            bytes = Arrays.copyOfRange(bytes, from, size);
            size = bytes.length;
        }
    }

    synchronized void copyTo(RowCursor cursor) {
        cursor.load(bytes, size);
    }

    synchronized void readNewest(RowCursor cursor) {
        cursor.readNewest(bytes, size);
    }

    Shape shape() {
        return shape;
    }

    /** Of the writer only. */
    int rows() {
        return rows;
    }

    /** Tick of the newest row; of the writer only. */
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
