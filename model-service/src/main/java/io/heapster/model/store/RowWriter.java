package io.heapster.model.store;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts one row into a history: mostly after the newest, seldom between or in place of others. Of the writer only. */
final class RowWriter {
    private final RowBuffer buffer = new RowBuffer();
    private final RowCursor cursor = new RowCursor();

    @SuppressWarnings("ArrayRecordComponent") // lives for one rewriting and is never compared
    private record Row(Shape shape, long[] places) {
        long tick() {
            return places[Shape.TICK];
        }
    }

    /** @return why the row was refused, or null when it was taken */
    @Nullable
    RejectionReason write(EntityHistory history, Entity entity, long tick, RowAssembler assembler, LabelPool pool) {
        Chunk newest = history.newest();
        if (newest != null && tick <= newest.newestTick()) {
            return writeLate(history, newest, entity, tick, assembler, pool);
        }
        Shape shape = assembler.assemble(entity, tick, newest == null ? null : newest.shape());
        describe(history, entity, pool);
        Chunk appended = append(newest, shape, assembler.row());
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
    private Chunk append(@Nullable Chunk newest, Shape shape, long[] row) {
        if (newest == null || newest.isFull() || !newest.shape().equals(shape)) {
            return new Chunk(shape, row, buffer, newest);
        }
        newest.append(cursor.over(newest).toLast(), row, buffer);
        return newest;
    }

    private @Nullable RejectionReason writeLate(
            EntityHistory history, Chunk newest, Entity entity, long tick, RowAssembler assembler, LabelPool pool) {
        List<Row> rows = rows(history);
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
            rebuilt = append(rebuilt, each.shape(), each.places());
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

    private List<Row> rows(EntityHistory history) {
        List<Row> rows = new ArrayList<>();
        for (Chunk chunk : history.oldestFirst()) {
            cursor.over(chunk);
            while (cursor.next()) {
                rows.add(new Row(chunk.shape(), cursor.row()));
            }
        }
        return rows;
    }
}
