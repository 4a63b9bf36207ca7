package io.heapster.scraper.source.decode;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import java.util.Arrays;

/**
 * What a document says of one entity, gathered field by field: used for one entity after the other. A value told twice
 * counts once, and the samples come out in the order of the metrics' numbers whatever the order of the fields.
 */
public final class Measurement {
    /** Room for what is derived later (rates, requests, limits), so that an entity's columns are made once. */
    private static final int ROOM_FOR_DERIVED = 12;

    private final long[] bits = new long[MetricCatalogue.idBound()];
    /** One bit for each metric number: whether {@link #bits} holds a value. */
    private final long[] present = new long[(bits.length + Long.SIZE - 1) / Long.SIZE];

    private final Samples custom = new Samples();
    private long startMillis;
    private long cpuMillis;
    private long memoryMillis;
    private long networkMillis;
    private Entity entity = new Entity(EntityType.NODE, Labels.EMPTY);

    /** Forgets what was measured before; labels are given at the {@link #finish}, since a name may come last. */
    public void begin(EntityType type) {
        Arrays.fill(present, 0);
        custom.clear();
        startMillis = 0;
        cpuMillis = 0;
        memoryMillis = 0;
        networkMillis = 0;
        entity = new Entity(type, Labels.EMPTY);
    }

    public void put(Metric metric, long value) {
        if (value != JsonCursor.ABSENT) {
            putBits(metric.id(), value);
        }
    }

    public void put(Metric metric, double value) {
        if (!Double.isNaN(value)) {
            putBits(metric.id(), Double.doubleToRawLongBits(value));
        }
    }

    public void putCustom(Metric metric, double value) {
        if (!custom.has(metric)) {
            custom.add(metric, value);
        }
    }

    public void putCustom(Metric metric, long value) {
        if (!custom.has(metric)) {
            custom.add(metric, value);
        }
    }

    /** Samples of one resource of the entity. */
    public Samples resource(Labels labels) {
        return entity.resource(labels);
    }

    public void startedAt(long millis) {
        startMillis = millis;
    }

    public void cpuAt(long millis) {
        cpuMillis = millis;
    }

    public void memoryAt(long millis) {
        memoryMillis = millis;
    }

    public void networkAt(long millis) {
        networkMillis = millis;
    }

    /**
     * The entity with all that was put since {@link #begin}.
     *
     * @param answeredMillis when the document came, which stands in for a measuring time that is not told
     */
    public Entity finish(Labels labels, long answeredMillis) {
        entity.relabel(labels);
        entity.started(startMillis);
        entity.measured(cpuMillis != 0 ? cpuMillis : memoryMillis != 0 ? memoryMillis : networkMillis);
        if (networkMillis != 0) {
            entity.networkMeasured(networkMillis);
        }
        long measured = entity.measuredMillis() == 0 ? answeredMillis : entity.measuredMillis();
        if (startMillis != 0 && measured >= startMillis) {
            put(Metrics.UPTIME, measured - startMillis);
        }
        fill(entity.samples());
        return entity;
    }

    private void putBits(int id, long value) {
        bits[id] = value;
        present[id / Long.SIZE] |= 1L << id;
    }

    private void fill(Samples samples) {
        int count = custom.size();
        for (long word : present) {
            count += Long.bitCount(word);
        }
        samples.reserve(count + ROOM_FOR_DERIVED);
        for (int word = 0; word < present.length; word++) {
            for (long rest = present[word]; rest != 0; rest &= rest - 1) {
                int id = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                samples.append(id, bits[id]);
            }
        }
        for (int i = 0; i < custom.size(); i++) {
            samples.append(custom.metricId(i), custom.bits(i));
        }
    }
}
