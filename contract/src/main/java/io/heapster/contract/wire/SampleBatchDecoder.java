package io.heapster.contract.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.ValueType;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the wire form back into sample batches. What a later version added is passed over: unknown fields, and samples
 * of metrics and entities of types it does not know. Not safe for several threads at once: one decoder a thread.
 */
public final class SampleBatchDecoder {
    private static final int[] NONE = {};
    /** Stands for a metric this process has no room for; its values are read and left out. */
    private static final int UNKNOWN_METRIC = -1;

    /** Values before: numbers of this and later catalogues first, then the record's own metrics. */
    private static final int FIRST_CUSTOM_ROW = 1_000;

    private static final int ROWS = FIRST_CUSTOM_ROW + MetricCatalogue.MAX_CUSTOM_METRICS;

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final MetricType[] TYPES = MetricType.values();

    private final TextCache cache = new TextCache();
    private final List<String> text = new ArrayList<>();
    private final List<int[]> shapes = new ArrayList<>();
    private int[] definedIds = NONE;
    private int definedCount;
    private long[] before = new long[MetricCatalogue.idBound() + 16];
    private int[] numbers = new int[64];
    private int[] exactIds = new int[16];
    private int count;
    private int row;

    /** @throws MalformedBatchException if the bytes are no sample batch */
    public SampleBatch decode(byte[] bytes) throws MalformedBatchException {
        text.clear();
        shapes.clear();
        definedCount = 0;
        Arrays.fill(before, 0);
        try {
            return read(CodedInputStream.newInstance(bytes));
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedBatchException("not a sample batch of " + bytes.length + " bytes: " + e.getMessage(), e);
        }
    }

    private SampleBatch read(CodedInputStream in) throws IOException, MalformedBatchException {
        String cluster = "";
        String node = "";
        long tick = 0;
        long resolution = 0;
        Outcome outcome = Outcome.OK;
        String reason = "";
        Labels common = Labels.EMPTY;
        Labels pod = Labels.EMPTY;
        List<Entity> entities = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case Field.CLUSTER -> cluster = cache.read(in);
                case Field.NODE -> node = cache.read(in);
                case Field.TICK_MS -> tick = in.readInt64();
                case Field.RESOLUTION_MS -> resolution = in.readUInt32();
                case Field.OUTCOME -> outcome = outcome(in.readEnum());
                case Field.REASON -> reason = in.readStringRequireUtf8();
                case Field.TEXT -> text.add(cache.read(in));
                case Field.DEFINED -> readDefinition(in);
                case Field.SHAPES -> readShape(in);
                case Field.LABELS -> common = readLabels(in, Labels.EMPTY);
                case Field.ENTITIES -> {
                    Entity entity = readEntity(in, tick, common, pod);
                    if (entity != null) {
                        entities.add(entity);
                        if (entity.type() == EntityType.POD) {
                            pod = entity.labels();
                        }
                    }
                }
                default -> in.skipField(tag);
            }
        }
        if (tick <= 0) {
            throw new MalformedBatchException("a sample batch without a tick");
        }
        return new SampleBatch(cluster, node, tick, resolution, outcome, reason, entities);
    }

    private static Outcome outcome(int number) throws MalformedBatchException {
        if (number < 0 || number >= OUTCOMES.length) {
            throw new MalformedBatchException("unknown outcome " + number);
        }
        return OUTCOMES[number];
    }

    private @Nullable Entity readEntity(CodedInputStream in, long tick, Labels common, Labels pod) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        Entity entity = null;
        Labels inherited = Labels.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == Field.ENTITY_TYPE) {
                EntityType type = EntityType.ofNumber(in.readEnum());
                if (type != null) {
                    inherited = SampleBatchEncoder.inheritedBy(type, common, pod);
                    entity = new Entity(type, inherited);
                }
                continue;
            }
            if (entity == null) {
                in.skipField(tag);
                continue;
            }
            switch (field) {
                case Field.ENTITY_LABELS -> entity.relabel(readLabels(in, inherited));
                case Field.ENTITY_STARTED_BEFORE_MS -> entity.started(tick - in.readSInt64());
                case Field.ENTITY_MEASURED_AFTER_MS -> entity.measured(tick + in.readSInt64());
                case Field.ENTITY_NETWORK_MEASURED_AFTER_MS -> entity.networkMeasured(tick + in.readSInt64());
                case Field.ENTITY_COLUMNS -> readColumns(in, entity.samples());
                case Field.ENTITY_RESOURCES -> readResource(in, entity);
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
        return entity;
    }

    private void readResource(CodedInputStream in, Entity entity) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        Labels labels = Labels.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case Field.RESOURCE_LABELS -> labels = readLabels(in, Labels.EMPTY);
                case Field.RESOURCE_COLUMNS -> readColumns(in, entity.resource(labels));
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
    }

    private Labels readLabels(CodedInputStream in, Labels inherited) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        String[] pairs = new String[8];
        int length = 0;
        while (in.getBytesUntilLimit() > 0) {
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * length);
            }
            pairs[length++] = text.get(in.readRawVarint32());
        }
        in.popLimit(limit);
        return inherited.overriddenBy(pairs, length);
    }

    private void readDefinition(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        String name = "";
        MetricType type = MetricType.GAUGE;
        boolean isDouble = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case Field.DEFINITION_NAME -> name = cache.read(in);
                case Field.DEFINITION_TYPE -> type = TYPES[in.readEnum()];
                case Field.DEFINITION_IS_DOUBLE -> isDouble = in.readBool();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
        Metric metric = MetricCatalogue.custom(name, type, isDouble ? ValueType.DOUBLE : ValueType.INT64);
        if (definedCount == definedIds.length) {
            definedIds = Arrays.copyOf(definedIds, Math.max(8, 2 * definedCount));
        }
        definedIds[definedCount++] = metric == null ? UNKNOWN_METRIC : metric.id();
    }

    private void readShape(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        int[] shape = NONE;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == Field.SHAPE_METRIC_IDS) {
                numbers = readNumbers(in, numbers);
                shape = Arrays.copyOf(numbers, count);
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(limit);
        shapes.add(shape);
    }

    private void readColumns(CodedInputStream in, Samples samples) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        int shape = 0;
        int exactCount = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case Field.COLUMNS_SHAPE -> shape = in.readUInt32();
                case Field.COLUMNS_VALUES -> readValues(in, shapes.get(shape), samples);
                case Field.COLUMNS_EXACT_IDS -> {
                    exactIds = readNumbers(in, exactIds);
                    exactCount = count;
                }
                case Field.COLUMNS_EXACT_VALUES -> readExact(in, exactCount, samples);
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
    }

    private void readValues(CodedInputStream in, int[] shape, Samples samples) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        samples.reserve(shape.length);
        for (int number : shape) {
            long units = previous(number) + in.readSInt64();
            before[row] = units;
            Metric metric = metric(number);
            if (metric != null) {
                samples.append(
                        metric.id(),
                        metric.isDouble()
                                ? Double.doubleToRawLongBits(Decimals.value(units, metric.decimals()))
                                : units);
            }
        }
        in.popLimit(limit);
    }

    private void readExact(CodedInputStream in, int expected, Samples samples) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        for (int i = 0; i < expected; i++) {
            long bits = in.readFixed64();
            Metric metric = metric(exactIds[i]);
            if (metric != null && metric.isDouble()) {
                samples.append(metric.id(), bits);
            }
        }
        in.popLimit(limit);
    }

    private int[] readNumbers(CodedInputStream in, int[] into) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        int[] target = into;
        count = 0;
        while (in.getBytesUntilLimit() > 0) {
            if (count == target.length) {
                target = Arrays.copyOf(target, 2 * count);
            }
            target[count++] = in.readRawVarint32();
        }
        in.popLimit(limit);
        return target;
    }

    private @Nullable Metric metric(int number) {
        if (number < MetricCatalogue.FIRST_CUSTOM_ID) {
            return MetricCatalogue.byId(number);
        }
        int definition = number - MetricCatalogue.FIRST_CUSTOM_ID;
        if (definition >= definedCount) {
            throw new IllegalArgumentException("undefined metric number " + number);
        }
        return MetricCatalogue.byId(definedIds[definition]);
    }

    /** The value before of a metric number; {@link #row} is its place afterwards. */
    private long previous(int number) {
        row = number < MetricCatalogue.FIRST_CUSTOM_ID
                ? number
                : number - MetricCatalogue.FIRST_CUSTOM_ID + FIRST_CUSTOM_ROW;
        if (row < 0 || row >= ROWS) {
            throw new IllegalArgumentException("impossible metric number " + number);
        }
        if (row >= before.length) {
            before = Arrays.copyOf(before, row + 64);
        }
        return before[row];
    }
}
