package io.heapster.sink.delivery;

import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.ingest.Origin;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Merges the samples of a node within a window into one. What comes out depends on the records of a partition alone,
 * never on when they are read, and a window's records are committed only after the window is written: so that a
 * redelivery gives the same points again.
 *
 * <p>That holds because the place a partition goes on at is always the first record of a window that is not written
 * yet. Records of earlier windows which lie behind that place were part of what was written, and are passed over.
 *
 * <p>What is open is bounded: a node whose values do not fit any more when its first record of a window comes is passed on
 * as it was sampled for that window, and counted.
 *
 * <p>For one thread.
 */
final class Downsampling {
    private static final byte[] NO_KEY = {};

    private record Partition(String topic, int number) {}

    /**
     * @param nodes what is merged
     * @param asSampled nodes for which there was no room when their first record came
     */
    private record Window(long firstOffset, Map<NodeKey, Merged> nodes, Set<NodeKey> asSampled) {
        private int values() {
            int values = 0;
            for (Merged merged : nodes.values()) {
                values += merged.values();
            }
            return values;
        }
    }

    private final long resolutionMillis;
    private final OpenValues openValues;
    private final Progress progress;
    private final Map<Partition, Windows> partitions = new HashMap<>();

    Downsampling(Duration resolution, OpenValues openValues, Progress progress) {
        this.resolutionMillis = resolution.toMillis();
        this.openValues = openValues;
        this.progress = progress;
    }

    /**
     * Takes the next record of a partition.
     *
     * @param ready gets what is complete by this record
     */
    void add(Origin origin, SampleBatch batch, List<Parcel> ready) {
        windows(origin).add(origin, batch, ready);
    }

    /** Takes a record that holds nothing to merge. */
    void pass(Origin origin) {
        windows(origin).follow(origin);
    }

    /** Forgets the windows of partitions that went to another process, which reads their records again. */
    void keepOnly(Predicate<Origin> owned) {
        partitions.entrySet().removeIf(entry -> {
            Partition partition = entry.getKey();
            boolean gone = !owned.test(new Origin(partition.topic, partition.number, 0, NO_KEY));
            if (gone) {
                entry.getValue().clear();
            }
            return gone;
        });
    }

    private Windows windows(Origin origin) {
        Partition partition = new Partition(origin.topic(), origin.partition());
        Windows windows = partitions.get(partition);
        if (windows == null) {
            windows = new Windows();
            partitions.put(partition, windows);
        }
        return windows;
    }

    /** The last record of the partition that nothing incomplete needs; null when there is none. */
    @Nullable
    Origin acceptable(Origin origin) {
        long before = windows(origin).firstNeeded() - 1;
        return before < 0 ? null : new Origin(origin.topic(), origin.partition(), before, origin.key());
    }

    /** The windows of one partition that are not complete, mostly one, at the turn of a window two. */
    private final class Windows {
        private final SortedMap<Long, Window> open = new TreeMap<>();
        private long nextOffset = -1;
        private boolean begun;
        private long earliest;

        /** Records that are missing went to another process in the meantime, and with them what was open. */
        void follow(Origin origin) {
            if (origin.offset() != nextOffset) {
                clear();
            }
            nextOffset = origin.offset() + 1;
        }

        void clear() {
            open.values().forEach(window -> openValues.closed(window.values()));
            open.clear();
            begun = false;
        }

        void add(Origin origin, SampleBatch batch, List<Parcel> ready) {
            follow(origin);
            long tick = batch.tickMillis();
            long window = Math.floorDiv(tick, resolutionMillis);
            if (begun && window < earliest - 2) {
                // A clock went back. Waiting for it to come up to where it was would lose all until then.
                close(Long.MAX_VALUE, ready);
                begun = false;
            }
            if (!begun) {
                begun = true;
                earliest = window;
            }
            if (window < earliest) {
                progress.filtered(batch.sampleCount());
                return;
            }
            Window entered = open.get(window);
            if (entered == null) {
                entered = new Window(origin.offset(), new LinkedHashMap<>(), new HashSet<>());
                open.put(window, entered);
            }
            merge(origin, batch, entered, ready);
            // Nodes have their turn within a tick: when the next but one begins, all have had it.
            close(Math.floorDiv(tick - batch.resolutionMillis(), resolutionMillis), ready);
        }

        private void merge(Origin origin, SampleBatch batch, Window window, List<Parcel> ready) {
            Merged merged = window.nodes.get(batch.nodeKey());
            if (merged == null) {
                boolean room = openValues.haveRoomFor(batch.sampleCount());
                if (!room || window.asSampled.contains(batch.nodeKey())) {
                    // The mean of a part of a window would be a wrong one; finer points than wanted are all true.
                    window.asSampled.add(batch.nodeKey());
                    progress.unmerged(batch.sampleCount());
                    ready.add(new Parcel(origin, batch));
                    return;
                }
                merged = new Merged();
                window.nodes.put(batch.nodeKey(), merged);
            }
            openValues.opened(merged.add(origin, batch));
        }

        private void close(long before, List<Parcel> ready) {
            SortedMap<Long, Window> complete = open.headMap(before);
            complete.forEach((number, window) -> {
                for (Merged merged : window.nodes.values()) {
                    Parcel parcel = merged.parcel(number * resolutionMillis, resolutionMillis);
                    openValues.closed(merged.values());
                    progress.merged(merged.taken() - parcel.batch().sampleCount());
                    ready.add(parcel);
                }
            });
            complete.clear();
            if (!open.isEmpty()) {
                earliest = open.firstKey();
            }
        }

        long firstNeeded() {
            long first = nextOffset;
            for (Window window : open.values()) {
                first = Math.min(first, window.firstOffset);
            }
            return first;
        }
    }
}
