package io.heapster.sink.delivery;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.ingest.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one node within one window, each metric of each entity as one value: the mean of a gauge, the last of
 * a counter, the sum of a delta.
 */
final class Merged {
    private record Id(EntityType type, Labels labels) {}

    private final Map<Id, MergedEntity> entities = new LinkedHashMap<>();
    private @Nullable SampleBatch last;
    private @Nullable Origin origin;
    private int taken;
    private int values;

    /** @return how many values there are now that were not before */
    int add(Origin from, SampleBatch batch) {
        int before = values;
        origin = from;
        last = batch;
        taken += batch.sampleCount();
        for (Entity entity : batch.entities()) {
            Id id = new Id(entity.type(), entity.labels());
            MergedEntity merged = entities.get(id);
            if (merged == null) {
                merged = new MergedEntity();
                entities.put(id, merged);
            }
            values += merged.add(entity);
        }
        return values - before;
    }

    /** How many values it holds. */
    int values() {
        return values;
    }

    /** How many samples were added. */
    int taken() {
        return taken;
    }

    /** One batch at the start of the window; it comes from where the last of its parts came from. */
    Parcel parcel(long windowMillis, long resolutionMillis) {
        SampleBatch end = Objects.requireNonNull(last);
        List<Entity> merged = new ArrayList<>(entities.size());
        entities.forEach((id, entity) -> merged.add(entity.entity(id.type, id.labels)));
        boolean silent = merged.isEmpty();
        return new Parcel(
                Objects.requireNonNull(origin),
                new SampleBatch(
                        end.cluster(),
                        end.node(),
                        windowMillis,
                        resolutionMillis,
                        silent ? end.outcome() : Outcome.OK,
                        silent ? end.reason() : "",
                        merged));
    }

    private static final class MergedEntity {
        private final Columns own = new Columns();
        private final Map<Labels, Columns> resources = new LinkedHashMap<>(0);
        private @Nullable Entity last;

        int add(Entity entity) {
            last = entity;
            int added = own.add(entity.samples());
            for (ResourceSamples resource : entity.resources()) {
                Columns columns = resources.get(resource.labels());
                if (columns == null) {
                    columns = new Columns();
                    resources.put(resource.labels(), columns);
                }
                added += columns.add(resource.samples());
            }
            return added;
        }

        Entity entity(EntityType type, Labels labels) {
            Entity end = Objects.requireNonNull(last);
            Entity entity = new Entity(type, labels);
            entity.started(end.startMillis());
            entity.measured(end.measuredMillis());
            entity.networkMeasured(end.networkMeasuredMillis());
            own.into(entity.samples());
            resources.forEach((resource, columns) -> {
                Samples samples = new Samples();
                columns.into(samples);
                entity.resources().add(new ResourceSamples(resource, samples));
            });
            return entity;
        }
    }

    /** Running sums. Samples mostly come in one order, so that the place of the last time is looked at first. */
    private static final class Columns {
        private int size;
        private int[] ids = new int[8];
        private int[] counts = new int[8];
        /** The sum or the last value of integers; bits of the same of doubles. */
        private long[] bits = new long[8];

        /** @return how many columns are new */
        int add(Samples samples) {
            int before = size;
            for (int i = 0; i < samples.size(); i++) {
                int id = samples.metricId(i);
                int at = i < size && ids[i] == id ? i : place(id);
                Metric metric = MetricCatalogue.require(id);
                long value = samples.bits(i);
                if (counts[at] == 0 || metric.type() == MetricType.CUMULATIVE) {
                    bits[at] = value;
                } else if (metric.isDouble()) {
                    bits[at] = Double.doubleToRawLongBits(
                            Double.longBitsToDouble(bits[at]) + Double.longBitsToDouble(value));
                } else {
                    bits[at] += value;
                }
                counts[at]++;
            }
            return size - before;
        }

        private int place(int id) {
            for (int i = 0; i < size; i++) {
                if (ids[i] == id) {
                    return i;
                }
            }
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
                bits = Arrays.copyOf(bits, 2 * size);
            }
            ids[size] = id;
            counts[size] = 0;
            return size++;
        }

        void into(Samples samples) {
            samples.reserve(size);
            for (int i = 0; i < size; i++) {
                Metric metric = MetricCatalogue.require(ids[i]);
                boolean mean = metric.type() == MetricType.GAUGE && counts[i] > 1;
                samples.append(ids[i], mean ? mean(metric, bits[i], counts[i]) : bits[i]);
            }
        }

        private static long mean(Metric metric, long sum, int count) {
            if (!metric.isDouble()) {
                return Math.floorDiv(2 * sum + count, 2L * count);
            }
            double mean = Double.longBitsToDouble(sum) / count;
            double power = Math.pow(10, metric.decimals());
            double rounded = metric.decimals() == 0 ? mean : Math.rint(mean * power) / power;
            return Double.doubleToRawLongBits(rounded);
        }
    }
}
