package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.wire.Decimals;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an {@link EntityHistory} should answer, slow and plain: maps of rows, each a map of values. */
final class PlainHistory {
    private final long bucketMillis;
    private final NavigableMap<Long, Row> rows = new TreeMap<>();
    private Labels labels = Labels.EMPTY;
    /** Whether a row finer than a bucket came that may still be merged. */
    private boolean holdsFine;

    /**
     * Value bits by metric and resource.
     *
     * @param measured 0 when the source did not say, as long as the row is not kept
     */
    record Row(long measured, Map<Series, Long> values) {
        Row at(long tick) {
            return measured == 0 ? new Row(tick, values) : this;
        }
    }

    record Series(Metric metric, Labels resource) {}

    /** @param bucketMillis 0 when nothing is merged */
    PlainHistory(long bucketMillis) {
        this.bucketMillis = bucketMillis;
    }

    /** @return why nothing changed, or null */
    @Nullable
    RejectionReason put(long tick, long resolution, long oldest, Row row, Labels newLabels) {
        boolean fine = resolution < bucketMillis;
        if (rows.isEmpty() || tick > rows.lastKey()) {
            if (!rows.isEmpty()) {
                long last = rows.lastKey();
                if (holdsFine) {
                    mergeBuckets(bucket(last) - bucketMillis, bucket(tick) - bucketMillis);
                }
                holdsFine &= last >= bucket(tick) - bucketMillis;
            }
            holdsFine |= fine;
            labels = newLabels;
            rows.put(tick, row.at(tick));
            return null;
        }
        if (fine && bucket(tick) < bucket(rows.lastKey()) - bucketMillis) {
            return putIntoClosedBucket(bucket(tick), oldest, row);
        }
        holdsFine |= fine;
        if (tick == rows.lastKey()) {
            labels = newLabels;
        }
        return row.at(tick).equals(rows.put(tick, row.at(tick))) ? RejectionReason.DUPLICATE : null;
    }

    private @Nullable RejectionReason putIntoClosedBucket(long start, long oldest, Row row) {
        if (start < oldest) {
            return RejectionReason.OLD;
        }
        if (!rows.subMap(start, start + bucketMillis).isEmpty()) {
            return RejectionReason.MERGED;
        }
        rows.put(start, row.at(start));
        return null;
    }

    private long bucket(long tick) {
        return bucketMillis == 0 ? tick : tick / bucketMillis * bucketMillis;
    }

    /** Merges the rows of every bucket that begins at one tick or later and before another. */
    private void mergeBuckets(long from, long end) {
        for (long start = from; start < end; start += bucketMillis) {
            NavigableMap<Long, Row> bucket = rows.subMap(start, true, start + bucketMillis, false);
            if (!bucket.isEmpty()) {
                merge(start, bucket);
            }
        }
    }

    private void merge(long start, NavigableMap<Long, Row> bucket) {
        Map<Series, List<Long>> newestFirst = new HashMap<>();
        for (Row row : bucket.descendingMap().values()) {
            row.values().forEach((series, bits) -> newestFirst
                    .computeIfAbsent(series, any -> new ArrayList<>())
                    .add(bits));
        }
        Map<Series, Long> merged = new HashMap<>();
        newestFirst.forEach((series, bits) -> merged.put(series, merge(series.metric(), bits)));
        long measured = bucket.lastEntry().getValue().measured();
        bucket.clear();
        rows.put(start, new Row(measured, merged));
    }

    private static long merge(Metric metric, List<Long> newestFirst) {
        if (metric.type() == MetricType.CUMULATIVE) {
            return newestFirst.get(0);
        }
        if (!metric.isDouble()) {
            return mean(newestFirst);
        }
        List<Long> units = new ArrayList<>();
        double sum = -0.0;
        for (long bits : newestFirst) {
            sum += Double.longBitsToDouble(bits);
            units.add(Decimals.units(Double.longBitsToDouble(bits), metric.decimals()));
        }
        return Double.doubleToRawLongBits(
                units.contains(Decimals.INEXACT)
                        ? sum / newestFirst.size()
                        : Decimals.value(mean(units), metric.decimals()));
    }

    /** Rounded half up. */
    private static long mean(List<Long> values) {
        BigInteger twice = BigInteger.valueOf(values.size());
        for (long value : values) {
            twice = twice.add(BigInteger.valueOf(value).shiftLeft(1));
        }
        BigInteger divisor = BigInteger.valueOf(2L * values.size());
        BigInteger[] parts = twice.divideAndRemainder(divisor);
        return parts[0].longValue() - (parts[1].signum() < 0 ? 1 : 0);
    }

    Labels labels() {
        return labels;
    }

    /** Value bits by tick. */
    Map<Long, Long> points(Series series, long from, long to) {
        Map<Long, Long> points = new TreeMap<>();
        rows.subMap(from, true, to, true).forEach((tick, row) -> {
            Long bits = row.values().get(series);
            if (bits != null) {
                points.put(tick, bits);
            }
        });
        return points;
    }

    /** The tick of the newest row that has all these metrics, at or after a tick; null when there is none. */
    @Nullable
    Long latest(List<Metric> metrics, long from) {
        for (Map.Entry<Long, Row> row : rows.tailMap(from, true).descendingMap().entrySet()) {
            if (metrics.stream()
                    .allMatch(metric -> row.getValue().values().containsKey(new Series(metric, Labels.EMPTY)))) {
                return row.getKey();
            }
        }
        return null;
    }

    Row row(long tick) {
        Row row = rows.get(tick);
        if (row == null) {
            throw new IllegalArgumentException("no row of " + tick);
        }
        return row;
    }

    /** The tick of the row before, or null. */
    @Nullable
    Long before(long tick) {
        return rows.lowerKey(tick);
    }

    boolean lastsUntil(long oldest) {
        return !rows.isEmpty() && rows.lastKey() >= oldest;
    }
}
