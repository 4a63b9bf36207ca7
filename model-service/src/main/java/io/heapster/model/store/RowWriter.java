package io.heapster.model.store;

import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts one row into a history: mostly after the newest, seldom between or in place of others. When it is the first of a
 * later bucket, the rows of the bucket before become one. Of the writer only.
 */
final class RowWriter {
    private final Buckets buckets;
    private final LabelPool pool;
    private final RowAssembler assembler = new RowAssembler();
    private final RowMerger merger = new RowMerger();
    private final RowBuffer buffer = new RowBuffer();
    private final RowCursor cursor = new RowCursor();
    private final RowCursor spare = new RowCursor();

    RowWriter(Buckets buckets, LabelPool pool) {
        this.buckets = buckets;
        this.pool = pool;
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one rewriting and is never compared
    private record Row(Shape shape, long[] places) {
        long tick() {
            return places[Layout.TICK];
        }
    }

    /**
     * @param resolution of the row, ms
     * @param oldestTick rows before may go
     * @return why the row was refused, or null when it was taken
     */
    @Nullable
    RejectionReason write(EntityHistory history, Entity entity, long tick, long resolution, long oldestTick) {
        boolean fine = buckets.merge(resolution);
        Chunk newest = history.newest();
        if (newest != null) {
            if (tick <= newest.newestTick()) {
                boolean over = buckets.start(tick) < buckets.start(newest.newestTick());
                return fine && over
                        ? writeLateForMerged(history, newest, entity, buckets.start(tick), oldestTick)
                        : writeLate(history, newest, entity, tick, oldestTick);
            }
            cursor.over(newest).next();
            if (closesBucket(newest, tick, fine)) {
                newest = mergeNewestBucket(newest, oldestTick);
                history.replaceChunks(newest);
                cursor.over(newest).next();
            }
        }
        Shape shape = assembler.assemble(entity, tick, newest == null ? null : newest.shape());
        describe(history, entity);
        Chunk appended = append(newest, shape, assembler.row(), oldestTick);
        if (appended != newest) {
            history.replaceChunks(appended);
        }
        return null;
    }

    /** Lets go of all rows before a tick. */
    void cut(EntityHistory history, long oldestTick) {
        history.expire(oldestTick);
        for (Chunk chunk = history.newest(); chunk != null; chunk = chunk.older()) {
            chunk.cutBefore(oldestTick, spare);
        }
    }

    /** Whether a row of this tick ends a bucket whose rows are to be merged; the cursor stands on the newest row. */
    private boolean closesBucket(Chunk newest, long tick, boolean fine) {
        long start = buckets.start(newest.newestTick());
        if (buckets.start(tick) == start) {
            return false;
        }
        if (fine && newest.newestTick() != start) {
            return true;
        }
        Chunk older = newest.older();
        long step = cursor.step(Layout.TICK);
        return step == 0 ? older != null && older.newestTick() >= start : newest.newestTick() - step >= start;
    }

    /** @return the chunk that then is the newest */
    private Chunk mergeNewestBucket(Chunk newest, long oldestTick) {
        long start = buckets.start(newest.newestTick());
        Chunk older = newest.older();
        if (older != null && older.newestTick() >= start) {
            return mergeShapes(newest, start, oldestTick);
        }
        Shape shape = newest.shape();
        merger.begin(shape.size());
        cursor.over(newest).next();
        long measuredAfter = cursor.measuredMillis() - start;
        long networkAfter = cursor.kept(Layout.NETWORK_AFTER);
        int count = 0;
        boolean more;
        do {
            for (int column = 0; column < shape.size(); column++) {
                merger.add(column, shape.metric(column), cursor.bits(column));
            }
            count++;
            more = cursor.next();
        } while (more && cursor.tick() >= start);
        long[] row = assembler.emptyRow(shape);
        row[Layout.TICK] = start;
        row[Layout.MEASURED_AFTER] = measuredAfter;
        row[Layout.NETWORK_AFTER] = networkAfter;
        for (int column = 0; column < shape.size(); column++) {
            row[column + Layout.FIRST_COLUMN] = shape.stored(column, merger.bits(column, shape.metric(column)));
        }
        if (!more) {
            return new Chunk(shape, row, buffer, older);
        }
        newest.append(cursor, count, row, buffer, Math.min(oldestTick, cursor.tick()), spare);
        return newest;
    }

    /** Merges rows of which not all have the same metrics. */
    private Chunk mergeShapes(Chunk newest, long start, long oldestTick) {
        List<Row> rows = rows(newest);
        List<Row> merged = new ArrayList<>();
        while (!rows.isEmpty() && rows.get(rows.size() - 1).tick() >= start) {
            merged.add(rows.remove(rows.size() - 1));
        }
        int columns = 0;
        for (Row row : merged) {
            columns += row.shape().size();
        }
        merger.begin(columns);
        SortedMap<Labels, SortedMap<Integer, Long>> slots = new TreeMap<>(RowAssembler.BY_TEXT);
        int next = 0;
        for (Row row : merged) {
            Shape shape = row.shape();
            for (int column = 0; column < shape.size(); column++) {
                SortedMap<Integer, Long> own = slots.computeIfAbsent(shape.resource(column), any -> new TreeMap<>());
                Long known = own.putIfAbsent(shape.metricId(column), (long) next);
                int slot = known == null ? next++ : known.intValue();
                merger.add(slot, shape.metric(column), shape.bits(column, row.places()[column + Layout.FIRST_COLUMN]));
            }
        }
        slots.values()
                .forEach(own -> own.replaceAll(
                        (metricId, slot) -> merger.bits(slot.intValue(), MetricCatalogue.require(metricId))));
        Shape shape = assembler.assemble(slots, merged.get(0).shape());
        long[] row = Arrays.copyOf(assembler.row(), shape.places());
        long[] last = merged.get(0).places();
        row[Layout.TICK] = start;
        row[Layout.MEASURED_AFTER] = last[Layout.TICK] + last[Layout.MEASURED_AFTER] - start;
        row[Layout.NETWORK_AFTER] = last[Layout.NETWORK_AFTER];
        rows.add(new Row(shape, row));
        return rebuild(rows, oldestTick);
    }

    private void describe(EntityHistory history, Entity entity) {
        boolean same = history.labels().equals(entity.labels());
        history.describe(same ? history.labels() : pool.keep(entity.labels()), entity.startMillis());
    }

    /**
     * The cursor stands on the newest row.
     *
     * @return the chunk that holds the row: the given one, or a new one before it
     */
    private Chunk append(@Nullable Chunk newest, Shape shape, long[] row, long oldestTick) {
        if (newest == null || newest.newestTick() < oldestTick) {
            return new Chunk(shape, row, buffer, null);
        }
        if (newest.isFull() || !newest.shape().equals(shape)) {
            return new Chunk(shape, row, buffer, newest);
        }
        newest.append(cursor, 0, row, buffer, oldestTick, spare);
        return newest;
    }

    /** A row for a bucket that is over: taken as the bucket's only one, or not at all. */
    private @Nullable RejectionReason writeLateForMerged(
            EntityHistory history, Chunk newest, Entity entity, long start, long oldestTick) {
        if (start < oldestTick) {
            return RejectionReason.OLD;
        }
        for (Row row : rows(newest)) {
            if (buckets.start(row.tick()) == start) {
                return RejectionReason.MERGED;
            }
        }
        return writeLate(history, newest, entity, start, oldestTick);
    }

    private @Nullable RejectionReason writeLate(
            EntityHistory history, Chunk newest, Entity entity, long tick, long oldestTick) {
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
            describe(history, entity);
        }
        if (there == null) {
            rows.add(at, row);
        } else if (there.shape().equals(shape) && Arrays.equals(there.places(), row.places())) {
            return RejectionReason.DUPLICATE;
        } else {
            rows.set(at, row);
        }
        history.replaceChunks(rebuild(rows, oldestTick));
        return null;
    }

    private Chunk rebuild(List<Row> rows, long oldestTick) {
        Row first = rows.get(0);
        Chunk rebuilt = new Chunk(first.shape(), first.places(), buffer, null);
        for (Row row : rows.subList(1, rows.size())) {
            cursor.over(rebuilt).next();
            rebuilt = append(rebuilt, row.shape(), row.places(), oldestTick);
        }
        return rebuilt;
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
