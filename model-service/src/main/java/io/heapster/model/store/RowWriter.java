package io.heapster.model.store;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts one row into a history: mostly after the newest, seldom between or in place of others. Of the writer only. */
final class RowWriter {
    private final RowBuffer buffer = new RowBuffer();
    private final RowCursor cursor = new RowCursor();
    private final RowCursor spare = new RowCursor();

    @SuppressWarnings("ArrayRecordComponent") // lives for one rewriting and is never compared
    private record Row(Shape shape, long[] places) {
        long tick() {
            return places[Layout.TICK];
        }
    }

    /**
     * @param oldestTick rows before may go
     * @return why the row was refused, or null when it was taken
     */
    @Nullable
    RejectionReason write(
            EntityHistory history, Entity entity, long tick, long oldestTick, RowAssembler assembler, LabelPool pool) {
        Chunk newest = history.newest();
        if (newest != null && tick <= newest.newestTick()) {
            return writeLate(history, newest, entity, tick, oldestTick, assembler, pool);
        }
        Shape shape = assembler.assemble(entity, tick, newest == null ? null : newest.shape());
        describe(history, entity, pool);
        Chunk appended = append(newest, shape, assembler.row(), oldestTick);
        if (appended != newest) {
            history.replaceChunks(appended);
        }
        return null;
    }

    private static void describe(EntityHistory history, Entity entity, LabelPool pool) {
        boolean same = history.labels().equals(entity.labels());
        history.describe(same ? history.labels() : pool.keep(entity.labels()), entity.startMillis());
    }

    /** @return the chunk that holds the row: the given one, or a new one before it */
    private Chunk append(@Nullable Chunk newest, Shape shape, long[] row, long oldestTick) {
        if (newest == null || newest.newestTick() < oldestTick) {
            return new Chunk(shape, row, buffer, null);
        }
        if (newest.isFull() || !newest.shape().equals(shape)) {
            return new Chunk(shape, row, buffer, newest);
        }
        cursor.over(newest).next();
        newest.append(cursor, row, buffer, oldestTick, spare);
        return newest;
    }

    private @Nullable RejectionReason writeLate(
            EntityHistory history,
            Chunk newest,
            Entity entity,
            long tick,
            long oldestTick,
            RowAssembler assembler,
            LabelPool pool) {
        List<Row> rows = rows(newest);
        int at = 0;
        while (at < rows.size() && rows.get(at).tick() < tick) {
            at++;
        }
        Row there = at < rows.size() && rows.get(at).tick() == tick ? rows.get(at) : null;
        boolean isNewest = tick == newest.newestTick();
        if (there != null && !hasClaim(history, entity, isNewest)) {
            return RejectionReason.DUPLICATE;
        }
        Shape shape = assembler.assemble(entity, tick, there == null ? newest.shape() : there.shape());
        Row row = new Row(shape, Arrays.copyOf(assembler.row(), shape.places()));
        if (isNewest) {
            describe(history, entity, pool);
        }
        if (there == null) {
            rows.add(at, row);
        } else if (there.shape().equals(shape) && Arrays.equals(there.places(), row.places())) {
            return RejectionReason.DUPLICATE;
        } else {
            rows.set(at, row);
        }
        Chunk rebuilt = null;
        for (Row each : rows) {
            rebuilt = append(rebuilt, each.shape(), each.places(), oldestTick);
        }
        history.replaceChunks(rebuilt);
        return null;
    }

    /**
     * Two pods can bear one name at one tick, when one was deleted on its node and made anew on another. The later start
     * wins, whichever comes first.
     */
    private static boolean hasClaim(EntityHistory history, Entity entity, boolean isNewest) {
        String holder = history.labels().get(LabelKey.POD_ID);
        String bearer = entity.label(LabelKey.POD_ID);
        if (holder.isEmpty() || bearer.isEmpty() || holder.equals(bearer)) {
            return true;
        }
        if (!isNewest || entity.startMillis() < history.startMillis()) {
            return false;
        }
        return entity.startMillis() > history.startMillis() || bearer.compareTo(holder) > 0;
    }

    /** All rows, oldest first. */
    private List<Row> rows(Chunk newest) {
        List<Row> rows = new ArrayList<>();
        for (Chunk chunk = newest; chunk != null; chunk = chunk.older()) {
            cursor.over(chunk);
            while (cursor.next()) {
                rows.add(new Row(chunk.shape(), cursor.row()));
            }
        }
        Collections.reverse(rows);
        return rows;
    }
}
