package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads single rows of entities. The newest row of a history is read where it is, any other by way of a copy of what is
 * newer. Reusable, so that a walk over all pods of a cluster leaves no garbage; for one thread.
 */
public final class RowReader {
    private static final long UNKNOWN = -1;

    /** Where to find the row before the one that was measured last. */
    private enum Before {
        UNKNOWN,
        /** The cursor is on the measured row, and knows how far it is from the one before. */
        BY_STEPS,
        /** The cursor is on the row before. */
        AT_CURSOR
    }

    private final RowCursor cursor = new RowCursor();
    private Before before = Before.UNKNOWN;

    /**
     * Tells every value of the newest row, labelled ones included.
     *
     * @param fromTick the oldest tick that counts, ms since 1970
     * @return the row's tick; {@link Long#MIN_VALUE} when there is none, and then nothing was told
     */
    public long readNewest(EntityHistory entity, long fromTick, ValueReader into) {
        before = Before.UNKNOWN;
        Chunk chunk = entity.newest();
        if (chunk == null || cursor.onNewest(chunk).tick() < fromTick) {
            return Long.MIN_VALUE;
        }
        Shape shape = cursor.shape();
        for (int column = 0; column < shape.size(); column++) {
            into.value(shape.metric(column), shape.resource(column), cursor.bits(column));
        }
        return cursor.tick();
    }

    /**
     * Reads some metrics of one row into samples: those the entity has once and had at that tick.
     *
     * @return whether there is a row of that tick
     */
    public boolean readRow(EntityHistory entity, long tick, List<Metric> metrics, Samples into) {
        if (!find(entity, tick)) {
            return false;
        }
        copy(metrics, into);
        return true;
    }

    private boolean find(EntityHistory entity, long tick) {
        before = Before.UNKNOWN;
        for (Chunk chunk = entity.newest(); chunk != null; chunk = chunk.older()) {
            if (cursor.onNewest(chunk).tick() == tick) {
                return true;
            }
            if (cursor.tick() > tick) {
                cursor.over(chunk);
                while (cursor.next() && cursor.tick() >= tick) {
                    if (cursor.tick() == tick) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Reads some metrics of one row into samples: of the newest row that has all of them.
     *
     * @param metrics ones the entity has once
     * @param fromTick the oldest tick that counts, ms since 1970
     * @return when the row was measured, or null when there is none, which leaves the samples as they are
     */
    public @Nullable Measurement readLatest(EntityHistory entity, List<Metric> metrics, long fromTick, Samples into) {
        before = Before.UNKNOWN;
        for (Chunk chunk = entity.newest(); chunk != null; chunk = chunk.older()) {
            if (chunk.shape().hasAll(metrics)) {
                if (cursor.onNewest(chunk).tick() < fromTick) {
                    return null;
                }
                copy(metrics, into);
                return measurement(chunk.older());
            }
        }
        return null;
    }

    private Measurement measurement(@Nullable Chunk older) {
        long tick = cursor.tick();
        long measured = cursor.measuredMillis();
        if (cursor.step(Layout.TICK) != 0) {
            before = Before.BY_STEPS;
            return new Measurement(tick, measured, Math.max(0, cursor.elapsedMillis()));
        }
        if (older == null) {
            return new Measurement(tick, measured, 0);
        }
        before = Before.AT_CURSOR;
        return new Measurement(
                tick, measured, Math.max(0, measured - cursor.onNewest(older).measuredMillis()));
    }

    /**
     * By how much a counter grew over the window of the {@link Measurement} that was read last.
     *
     * @param now its value then
     * @return a negative number when that is not known, or when it was set back
     */
    public long growth(Metric counter, long now) {
        int column = cursor.shape().columnOf(counter.id());
        if (column < 0) {
            return UNKNOWN;
        }
        return switch (before) {
            case BY_STEPS ->
                cursor.shape().layout().prediction(column + Layout.FIRST_COLUMN) == Prediction.STEP
                        ? cursor.step(column + Layout.FIRST_COLUMN)
                        : UNKNOWN;
            case AT_CURSOR -> now - cursor.bits(column);
            case UNKNOWN -> UNKNOWN;
        };
    }

    private void copy(List<Metric> metrics, Samples into) {
        Shape shape = cursor.shape();
        for (int i = 0; i < metrics.size(); i++) {
            int id = metrics.get(i).id();
            int column = shape.columnOf(id);
            if (column >= 0) {
                into.append(id, cursor.bits(column));
            }
        }
    }
}
