package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that was sampled of one entity within the window. Written by one thread, under the store's lock; read by any
 * number, who wait for nothing longer than the writing of one row: a reader sees each row wholly or not at all, and a
 * history that is rewritten because of a late row either as it was or as it is.
 */
public class EntityHistory {
    private final EntityType type;
    private final String name;
    private volatile Labels labels = Labels.EMPTY;
    private volatile @Nullable Chunk newest;
    private volatile long seenMillis = Long.MIN_VALUE;
    private volatile long startMillis;
    private boolean fine;

    EntityHistory(EntityType type, String name) {
        this.type = type;
        this.name = name;
    }

    public EntityType type() {
        return type;
    }

    /** Its name among its siblings. */
    public String name() {
        return name;
    }

    /** The labels of its newest row; empty when only its parts were ever reported. */
    public Labels labels() {
        return labels;
    }

    /** The newest tick at which it or a part of it was reported, ms since 1970. */
    public long seenMillis() {
        return seenMillis;
    }

    /** The points of a metric that the entity has once. Both ends of the range are part of it. */
    public Points points(Metric metric, long fromTick, long toTick) {
        return points(metric, Labels.EMPTY, fromTick, toTick);
    }

    /** The points of a metric of the resource with exactly these labels. Both ends of the range are part of it. */
    public Points points(Metric metric, Labels resource, long fromTick, long toTick) {
        return Points.read(newest, metric, resource, fromTick, toTick);
    }

    /** The resources that had a metric since a tick; one that is {@link Labels#EMPTY} stands for the entity itself. */
    public Set<Labels> resourcesOf(Metric metric, long fromTick) {
        Set<Labels> resources = new HashSet<>();
        for (Chunk chunk = newest; chunk != null; chunk = chunk.older()) {
            Shape shape = chunk.shape();
            for (int column = 0; column < shape.size(); column++) {
                if (shape.metricId(column) == metric.id() && hasRowSince(chunk, fromTick)) {
                    resources.add(shape.resource(column));
                }
            }
        }
        return resources;
    }

    /** Adds the names of all metrics it had since a tick, sorted. */
    public Set<String> metricNames(long fromTick) {
        Set<String> names = new TreeSet<>();
        Set<Shape> done = new HashSet<>();
        for (Chunk chunk = newest; chunk != null; chunk = chunk.older()) {
            Shape shape = chunk.shape();
            if (!done.contains(shape) && hasRowSince(chunk, fromTick)) {
                done.add(shape);
                for (int column = 0; column < shape.size(); column++) {
                    names.add(shape.metric(column).name());
                }
            }
        }
        return names;
    }

    private static boolean hasRowSince(Chunk chunk, long fromTick) {
        return new RowCursor().onNewest(chunk).tick() >= fromTick;
    }

    @Nullable
    Chunk newest() {
        return newest;
    }

    void replaceChunks(@Nullable Chunk newNewest) {
        newest = newNewest;
    }

    /** How many values it has; of the writer only. */
    long pointCount() {
        long points = 0;
        for (Chunk chunk = newest; chunk != null; chunk = chunk.older()) {
            points += (long) chunk.rows() * chunk.shape().size();
        }
        return points;
    }

    /** When the entity started, ms since 1970, by its newest row; 0 when that is not known. */
    public long startMillis() {
        return startMillis;
    }

    void describe(Labels newLabels, long newStartMillis) {
        if (!labels.equals(newLabels)) {
            labels = newLabels;
        }
        startMillis = newStartMillis;
    }

    /** Whether there may be rows that are still to be merged; of the writer only. */
    boolean holdsFine() {
        return fine;
    }

    void holdFine(boolean newFine) {
        fine = newFine;
    }

    void seen(long tick) {
        if (tick > seenMillis) {
            seenMillis = tick;
        }
    }

    /** Lets go of chunks whose rows are all older; the rows themselves are cut by who reads. */
    void expire(long beforeTick) {
        Chunk chunk = newest;
        if (chunk != null && chunk.newestTick() < beforeTick) {
            newest = null;
            return;
        }
        while (chunk != null) {
            Chunk older = chunk.older();
            if (older != null && older.newestTick() < beforeTick) {
                chunk.forgetOlder();
                return;
            }
            chunk = older;
        }
    }
}
