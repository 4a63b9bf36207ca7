package io.heapster.model.store;

import io.heapster.contract.metric.Clock;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.Unit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which places a row has and what each is predicted to be, whatever its resources are called: one for all entities of a
 * kind. A row begins with three places of time, then come its columns: those of the entity itself, then those of its
 * first resource, of its second, …; each part ascending by metric number.
 */
final class Layout {
    /** Place of the tick, ms since 1970. */
    static final int TICK = 0;
    /** Place of the time between the tick and the measuring, in ms; 0 when the source did not say. */
    static final int MEASURED_AFTER = 1;
    /** Place of the time between the measuring of the entity and of its network, in ms. */
    static final int NETWORK_AFTER = 2;
    /** Place of the first column. */
    static final int FIRST_COLUMN = 3;

    private static final int NONE = -1;

    private final int[] metricIds;
    /** 0 for the entity itself, else 1 + the number of the resource. */
    private final short[] owners;
    /** Doubles stored as their bits instead of as units of their last decimal place. */
    private final boolean[] raw;

    private final Prediction[] predictions;
    /** By place: where the counter of a predicted rate stands. */
    private final short[] counters;

    private final int[] steppingPlaces;
    private final int[] ratePlaces;
    private final int[] elapsingPlaces;
    private final short[] columnOfDeclared;
    private final int hash;

    Layout(List<Column> columns) {
        int size = columns.size();
        metricIds = new int[size];
        owners = new short[size];
        raw = new boolean[size];
        counters = new short[size + FIRST_COLUMN];
        predictions = new Prediction[size + FIRST_COLUMN];
        Arrays.fill(predictions, 0, FIRST_COLUMN, Prediction.STEP);
        columnOfDeclared = new short[MetricCatalogue.idBound()];
        Arrays.fill(columnOfDeclared, (short) NONE);
        for (int i = 0; i < size; i++) {
            Column column = columns.get(i);
            metricIds[i] = column.metricId();
            owners[i] = (short) column.owner();
            raw[i] = column.raw();
            if (column.owner() == 0 && metricIds[i] < columnOfDeclared.length) {
                columnOfDeclared[metricIds[i]] = (short) i;
            }
            predictions[i + FIRST_COLUMN] = predict(i);
        }
        steppingPlaces = places(Prediction.STEP);
        ratePlaces = places(Prediction.RATE);
        elapsingPlaces = places(Prediction.ELAPSED);
        hash = 31 * (31 * Arrays.hashCode(metricIds) + Arrays.hashCode(owners)) + Arrays.hashCode(raw);
    }

    /**
     * One column.
     *
     * @param owner 0 for the entity itself, else 1 + the number of the resource
     */
    record Column(int owner, int metricId, boolean raw) {}

    private Prediction predict(int column) {
        Metric metric = metric(column);
        if (metric.type() == MetricType.CUMULATIVE) {
            return metric.unit() == Unit.MILLISECONDS ? Prediction.ELAPSED : Prediction.STEP;
        }
        Metric counter = metric.rateOf();
        if (counter != null && !raw[column]) {
            int counterColumn = find(counter.id(), owners[column], column);
            if (counterColumn >= 0 && predictions[counterColumn + FIRST_COLUMN] == Prediction.STEP) {
                counters[column + FIRST_COLUMN] = (short) (counterColumn + FIRST_COLUMN);
                return Prediction.RATE;
            }
        }
        return metric.unit() == Unit.BYTES && !metric.isDouble() ? Prediction.PAGES : Prediction.SAME;
    }

    private int[] places(Prediction prediction) {
        int[] found = new int[predictions.length];
        int count = 0;
        for (int place = 0; place < predictions.length; place++) {
            if (predictions[place] == prediction) {
                found[count++] = place;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** How many values a row has. */
    int size() {
        return metricIds.length;
    }

    int metricId(int column) {
        return metricIds[column];
    }

    Metric metric(int column) {
        return MetricCatalogue.require(metricIds[column]);
    }

    /** 0 for a column of the entity itself, else 1 + the number of its resource. */
    int owner(int column) {
        return owners[column];
    }

    boolean isRaw(int column) {
        return raw[column];
    }

    /** How many places a row has. */
    int places() {
        return predictions.length;
    }

    /** Bytes of the bitmap that says which places of a row differ from their prediction. */
    int bitmapBytes() {
        return (predictions.length + 7) >>> 3;
    }

    Prediction prediction(int place) {
        return predictions[place];
    }

    /** All places predicted to go on by their last step. */
    int[] steppingPlaces() {
        return steppingPlaces;
    }

    /** All places predicted from their counter. */
    int[] ratePlaces() {
        return ratePlaces;
    }

    /** All places predicted to grow as time passes. */
    int[] elapsingPlaces() {
        return elapsingPlaces;
    }

    /** What a rate is by the steps of a row's places. */
    long predictedRate(int place, long[] steps) {
        int counter = counters[place];
        long millis = steps[TICK] + steps[MEASURED_AFTER];
        if (metric(counter - FIRST_COLUMN).clock() == Clock.NETWORK) {
            millis += steps[NETWORK_AFTER];
        }
        Metric rate = metric(place - FIRST_COLUMN);
        return rate.isDouble()
                ? Prediction.unitsPerSecond(steps[counter], millis, rate.decimals())
                : Prediction.millicores(steps[counter], millis);
    }

    /** Column of a metric, or −1. */
    int columnOf(int metricId, int owner) {
        return owner == 0 && metricId < columnOfDeclared.length
                ? columnOfDeclared[metricId]
                : find(metricId, owner, metricIds.length);
    }

    private int find(int metricId, int owner, int before) {
        for (int i = 0; i < before; i++) {
            if (metricIds[i] == metricId && owners[i] == owner) {
                return i;
            }
        }
        return NONE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Layout layout
                        && hash == layout.hash
                        && Arrays.equals(metricIds, layout.metricIds)
                        && Arrays.equals(raw, layout.raw)
                        && Arrays.equals(owners, layout.owners));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
