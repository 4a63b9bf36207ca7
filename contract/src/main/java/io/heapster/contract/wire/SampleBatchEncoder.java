package io.heapster.contract.wire;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns sample batches into their wire form ({@code sample_batch.proto}). Keeps its buffers from record to record, so
 * that a sample costs no allocation. Not safe for several threads at once: one encoder a thread.
 */
public final class SampleBatchEncoder {
    private static final String[] IDENTITY = {LabelKey.NODENAME, LabelKey.HOSTNAME, LabelKey.HOST_ID};

    private final WireWriter head = new WireWriter();
    private final WireWriter entities = new WireWriter();
    private final TextTable text = new TextTable();
    private final Shapes shapes = new Shapes();
    private final List<Metric> defined = new ArrayList<>();
    private final Map<Integer, Integer> definedNumber = new HashMap<>();

    /** By metric number of this record: the value before. */
    private long[] before = new long[MetricCatalogue.idBound() + 16];

    private int[] packedIds = new int[128];
    private long[] packed = new long[128];
    private int[] exactIds = new int[16];
    private long[] exactBits = new long[16];

    /** The record's value. Lz4 in the producer shrinks it further. */
    public byte[] encode(SampleBatch batch) {
        reset();
        Labels common = identity(batch);
        Labels pod = Labels.EMPTY;
        for (Entity entity : batch.entities()) {
            Labels inherited = inheritedBy(entity.type(), common, pod);
            encode(entity, inherited, batch.tickMillis());
            if (entity.type() == EntityType.POD) {
                pod = entity.labels();
            }
        }
        encodeHead(batch, common);
        return head.append(entities).toByteArray();
    }

    static Labels inheritedBy(EntityType type, Labels common, Labels pod) {
        return switch (type) {
            case CLUSTER, NAMESPACE -> Labels.EMPTY;
            case NODE, SYSTEM_CONTAINER, POD -> common;
            case POD_CONTAINER -> pod.size() == 0 ? common : pod;
        };
    }

    private static Labels identity(SampleBatch batch) {
        Labels common = Labels.EMPTY;
        if (!batch.entities().isEmpty()) {
            Labels first = batch.entities().get(0).labels();
            for (String key : IDENTITY) {
                common = common.with(key, first.get(key));
            }
        }
        return common;
    }

    private void reset() {
        head.reset();
        entities.reset();
        text.clear();
        shapes.clear();
        defined.clear();
        definedNumber.clear();
        Arrays.fill(before, 0);
    }

    private void encodeHead(SampleBatch batch, Labels common) {
        head.string(Field.CLUSTER, batch.cluster());
        head.string(Field.NODE, batch.node());
        head.unsigned(Field.TICK_MS, batch.tickMillis());
        head.unsigned(Field.RESOLUTION_MS, batch.resolutionMillis());
        head.unsigned(Field.OUTCOME, batch.outcome().number());
        if (!batch.reason().isEmpty()) {
            head.string(Field.REASON, batch.reason());
        }
        for (int i = 0; i < common.size(); i++) {
            text.add(common.key(i));
            text.add(common.value(i));
        }
        for (int i = 0; i < text.size(); i++) {
            head.string(Field.TEXT, text.get(i));
        }
        int labels = head.begin(Field.LABELS);
        for (int i = 0; i < common.size(); i++) {
            head.varint(text.position(common.key(i)));
            head.varint(text.position(common.value(i)));
        }
        head.end(labels);
        for (Metric metric : defined) {
            int start = head.begin(Field.DEFINED);
            head.string(Field.DEFINITION_NAME, metric.name());
            head.unsigned(Field.DEFINITION_TYPE, metric.type().number());
            head.unsigned(Field.DEFINITION_IS_DOUBLE, metric.isDouble() ? 1 : 0);
            head.end(start);
        }
        for (int shape = 0; shape < shapes.size(); shape++) {
            int start = head.begin(Field.SHAPES);
            int ids = head.begin(Field.SHAPE_METRIC_IDS);
            for (int id : shapes.ids(shape)) {
                head.varint(id);
            }
            head.end(ids);
            head.end(start);
        }
    }

    private void encode(Entity entity, Labels inherited, long tick) {
        int start = entities.begin(Field.ENTITIES);
        entities.unsigned(Field.ENTITY_TYPE, entity.type().number());
        encodeLabels(Field.ENTITY_LABELS, entity.labels(), inherited);
        if (entity.startMillis() != 0) {
            entities.signed(Field.ENTITY_STARTED_BEFORE_MS, tick - entity.startMillis());
        }
        if (entity.measuredMillis() != 0) {
            entities.signed(Field.ENTITY_MEASURED_AFTER_MS, entity.measuredMillis() - tick);
        }
        if (entity.networkMeasuredMillis() != 0) {
            entities.signed(Field.ENTITY_NETWORK_MEASURED_AFTER_MS, entity.networkMeasuredMillis() - tick);
        }
        encodeColumns(Field.ENTITY_COLUMNS, entity.samples());
        for (ResourceSamples resource : entity.resources()) {
            int resourceStart = entities.begin(Field.ENTITY_RESOURCES);
            encodeLabels(Field.RESOURCE_LABELS, resource.labels(), Labels.EMPTY);
            encodeColumns(Field.RESOURCE_COLUMNS, resource.samples());
            entities.end(resourceStart);
        }
        entities.end(start);
    }

    /** What differs from the inherited ones, then what of these is taken away; both are sorted by key. */
    private void encodeLabels(int field, Labels labels, Labels inherited) {
        int start = entities.begin(field);
        int other = 0;
        int missing = inherited.size();
        for (int i = 0; i < labels.size(); i++) {
            String key = labels.key(i);
            int order = -1;
            while (other < inherited.size() && (order = order(key, inherited.key(other))) > 0) {
                other++;
            }
            boolean same = false;
            if (other < inherited.size() && order == 0) {
                same = labels.value(i).equals(inherited.value(other));
                other++;
                missing--;
            }
            if (!same) {
                entities.varint(text.position(key));
                entities.varint(text.position(labels.value(i)));
            }
        }
        if (missing > 0) {
            for (int i = 0; i < inherited.size(); i++) {
                if (!labels.has(inherited.key(i))) {
                    entities.varint(text.position(inherited.key(i)));
                    entities.varint(0);
                }
            }
        }
        entities.end(start);
    }

    @SuppressWarnings("ReferenceEquality") // keys are mostly constants, which need no look at their letters
    private static int order(String one, String other) {
        return one == other ? 0 : one.compareTo(other);
    }

    private void encodeColumns(int field, Samples samples) {
        if (samples.isEmpty()) {
            return;
        }
        room(samples.size());
        int count = 0;
        int exact = 0;
        for (int i = 0; i < samples.size(); i++) {
            int id = samples.metricId(i);
            Metric metric = MetricCatalogue.require(id);
            if (id >= MetricCatalogue.FIRST_CUSTOM_ID) {
                id = define(metric);
            }
            long bits = samples.bits(i);
            long units = metric.isDouble() ? Decimals.units(Double.longBitsToDouble(bits), metric.decimals()) : bits;
            if (metric.isDouble() && units == Decimals.INEXACT) {
                exactIds[exact] = id;
                exactBits[exact++] = bits;
            } else {
                packedIds[count] = id;
                packed[count++] = units;
            }
        }
        int start = entities.begin(field);
        entities.unsigned(Field.COLUMNS_SHAPE, shapes.position(packedIds, count));
        int values = entities.begin(Field.COLUMNS_VALUES);
        for (int i = 0; i < count; i++) {
            int row = row(packedIds[i]);
            entities.zigzag(packed[i] - before[row]);
            before[row] = packed[i];
        }
        entities.end(values);
        if (exact > 0) {
            encodeExact(exact);
        }
        entities.end(start);
    }

    private void encodeExact(int count) {
        int ids = entities.begin(Field.COLUMNS_EXACT_IDS);
        for (int i = 0; i < count; i++) {
            entities.varint(exactIds[i]);
        }
        entities.end(ids);
        int values = entities.begin(Field.COLUMNS_EXACT_VALUES);
        for (int i = 0; i < count; i++) {
            entities.fixed64(exactBits[i]);
        }
        entities.end(values);
    }

    private int define(Metric metric) {
        Integer known = definedNumber.get(metric.id());
        if (known != null) {
            return known;
        }
        int number = MetricCatalogue.FIRST_CUSTOM_ID + defined.size();
        defined.add(metric);
        definedNumber.put(metric.id(), number);
        return number;
    }

    /** Where the value before of a metric number stands: declared metrics first, then this record's own. */
    private int row(int id) {
        int row =
                id < MetricCatalogue.idBound() ? id : id - MetricCatalogue.FIRST_CUSTOM_ID + MetricCatalogue.idBound();
        if (row >= before.length) {
            before = Arrays.copyOf(before, Math.max(2 * before.length, row + 1));
        }
        return row;
    }

    private void room(int samples) {
        if (packedIds.length < samples) {
            packedIds = new int[2 * samples];
            packed = new long[2 * samples];
        }
        if (exactIds.length < samples) {
            exactIds = new int[2 * samples];
            exactBits = new long[2 * samples];
        }
    }
}
