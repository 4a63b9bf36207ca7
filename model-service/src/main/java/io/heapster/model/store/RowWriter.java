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
    private final TickCursor ticks = new TickCursor();

    RowWriter(Buckets buckets, LabelPool pool) {
        this.buckets = buckets;
        this.pool = pool;
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one rewriting and is never compared
    private record Row(Shape shape, long[] places) {
        long tick() {
            return places[Layout.TICK];
        }

        long bits(int column) {
            return shape.bits(column, places[column + Layout.FIRST_COLUMN]);
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
            long last = newest.newestTick();
            if (tick <= last) {
                if (fine && buckets.start(tick) < buckets.openFrom(last)) {
                    return writeLateForMerged(history, newest, entity, buckets.start(tick), oldestTick);
                }
                history.holdFine(fine || history.holdsFine());
                return writeLate(history, newest, entity, tick, oldestTick);
            }
            if (history.holdsFine() && buckets.start(tick) > buckets.start(last)) {
                newest = mergeClosed(newest, buckets.openFrom(tick), oldestTick);
                history.replaceChunks(newest);
            }
            history.holdFine(fine || (history.holdsFine() && last >= buckets.openFrom(tick)));
            cursor.over(newest).next();
        } else {
            history.holdFine(fine);
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
            chunk.cutBefore(oldestTick, ticks);
        }
    }

    /**
     * Makes one row of those of each bucket that is closed now and was not before.
     *
     * @param openFrom the tick from which on rows stay as they came
     * @return the chunk that then is the newest: another one if anything was merged, so that readers see all or nothing
     */
    private Chunk mergeClosed(Chunk newest, long openFrom, long oldestTick) {
        long openBefore = buckets.openFrom(newest.newestTick());
        List<Row> tail = new ArrayList<>();
        Chunk base = newest;
        int taken = 0;
        cursor.over(newest);
        while (base != null) {
            if (!cursor.next()) {
                base = base.older();
                taken = 0;
                if (base != null) {
                    cursor.over(base);
                }
            } else if (cursor.tick() < openBefore) {
                break;
            } else {
                tail.add(new Row(base.shape(), cursor.row()));
                taken++;
            }
        }
        if (tail.get(tail.size() - 1).tick() >= openFrom) {
            return newest;
        }
        List<Row> merged = merged(tail, openFrom);
        if (base == null) {
            return rebuild(merged, oldestTick);
        }
        if (taken > 0 && !merged.get(0).shape().equals(base.shape())) {
            List<Row> rows = rows(newest);
            rows.subList(rows.size() - tail.size(), rows.size()).clear();
            rows.addAll(merged);
            return rebuild(rows, oldestTick);
        }
        Chunk copy = base.copy();
        if (taken > 0) {
            cursor.over(copy).next();
            for (int skipped = 0; skipped < taken; skipped++) {
                cursor.next();
            }
            Row first = merged.remove(0);
            copy.append(cursor, taken, first.places(), buffer, Math.min(oldestTick, cursor.tick()), ticks);
        }
        return appendAll(copy, merged, oldestTick);
    }

    /** Rows given newest first, oldest first: those of one bucket before a tick as one, the others as they are. */
    private List<Row> merged(List<Row> tail, long openFrom) {
        List<Row> rows = new ArrayList<>();
        int end = tail.size();
        while (end > 0) {
            long start = buckets.start(tail.get(end - 1).tick());
            int begin = end - 1;
            while (start < openFrom
                    && begin > 0
                    && buckets.start(tail.get(begin - 1).tick()) == start) {
                begin--;
            }
            rows.add(start < openFrom ? merged(start, tail.subList(begin, end)) : tail.get(begin));
            end = begin;
        }
        return rows;
    }

    /** One row at the bucket's start of its rows, which come newest first. */
    private Row merged(long start, List<Row> bucket) {
        Row last = bucket.get(0);
        boolean alike = bucket.stream().allMatch(row -> row.shape().equals(last.shape()));
        Shape shape = alike ? last.shape() : mergedShape(bucket);
        long[] row = Arrays.copyOf(alike ? assembler.emptyRow(shape) : assembler.row(), shape.places());
        if (alike) {
            merger.begin(shape.size());
            for (Row each : bucket) {
                for (int column = 0; column < shape.size(); column++) {
                    merger.add(column, shape.metric(column), each.bits(column));
                }
            }
            for (int column = 0; column < shape.size(); column++) {
                row[column + Layout.FIRST_COLUMN] = shape.stored(column, merger.bits(column, shape.metric(column)));
            }
        }
        row[Layout.TICK] = start;
        row[Layout.MEASURED_AFTER] = last.tick() + last.places()[Layout.MEASURED_AFTER] - start;
        row[Layout.NETWORK_AFTER] = last.places()[Layout.NETWORK_AFTER];
        return new Row(shape, row);
    }

    /** The shape that has all columns of these rows; the assembler's row then has the merged values. */
    private Shape mergedShape(List<Row> bucket) {
        int columns = 0;
        for (Row row : bucket) {
            columns += row.shape().size();
        }
        merger.begin(columns);
        SortedMap<Labels, SortedMap<Integer, Long>> slots = new TreeMap<>(RowAssembler.BY_TEXT);
        int next = 0;
        for (Row row : bucket) {
            Shape shape = row.shape();
            for (int column = 0; column < shape.size(); column++) {
                SortedMap<Integer, Long> own = slots.computeIfAbsent(shape.resource(column), any -> new TreeMap<>());
                Long known = own.putIfAbsent(shape.metricId(column), (long) next);
                int slot = known == null ? next++ : known.intValue();
                merger.add(slot, shape.metric(column), row.bits(column));
            }
        }
        slots.values()
                .forEach(own -> own.replaceAll(
                        (metricId, slot) -> merger.bits(slot.intValue(), MetricCatalogue.require(metricId))));
        return assembler.assemble(slots, bucket.get(0).shape());
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
        newest.append(cursor, 0, row, buffer, oldestTick, ticks);
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
        return appendAll(rebuilt, rows.subList(1, rows.size()), oldestTick);
    }

    private Chunk appendAll(Chunk newest, List<Row> rows, long oldestTick) {
        Chunk appended = newest;
        for (Row row : rows) {
            cursor.over(appended).next();
            appended = append(appended, row.shape(), row.places(), oldestTick);
        }
        return appended;
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
