package io.heapster.sink.spi;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The points of a write, numbered from 0: batch by batch, entity by entity, first an entity's own samples, then those
 * of its resources in their order.
 */
public final class Points {
    private Points() {}

    public static int count(List<SampleBatch> batches) {
        int count = 0;
        for (SampleBatch batch : batches) {
            count += batch.sampleCount();
        }
        return count;
    }

    /** All points of a write of this size. */
    public static BitSet all(int count) {
        BitSet points = new BitSet(count);
        points.set(0, count);
        return points;
    }

    /** The metric's number of each point. */
    public static int[] metricIds(List<SampleBatch> batches) {
        int[] ids = new int[count(batches)];
        int next = 0;
        for (SampleBatch batch : batches) {
            for (Entity entity : batch.entities()) {
                next = copyIds(entity.samples(), ids, next);
                for (ResourceSamples resource : entity.resources()) {
                    next = copyIds(resource.samples(), ids, next);
                }
            }
        }
        return ids;
    }

    private static int copyIds(Samples samples, int[] ids, int from) {
        for (int i = 0; i < samples.size(); i++) {
            ids[from + i] = samples.metricId(i);
        }
        return from + samples.size();
    }

    /** Each batch with only the chosen of its points; entities left without any are left out, batches are not. */
    public static List<SampleBatch> select(List<SampleBatch> batches, BitSet chosen) {
        List<SampleBatch> selected = new ArrayList<>(batches.size());
        int first = 0;
        for (SampleBatch batch : batches) {
            List<Entity> entities = new ArrayList<>();
            for (Entity entity : batch.entities()) {
                int behind = first + entity.sampleCount();
                int next = chosen.nextSetBit(first);
                if (next >= 0 && next < behind) {
                    entities.add(select(entity, chosen, first));
                }
                first = behind;
            }
            selected.add(new SampleBatch(
                    batch.cluster(),
                    batch.node(),
                    batch.tickMillis(),
                    batch.resolutionMillis(),
                    batch.outcome(),
                    batch.reason(),
                    entities));
        }
        return selected;
    }

    private static Entity select(Entity entity, BitSet chosen, int first) {
        Entity part = new Entity(entity.type(), entity.labels());
        part.started(entity.startMillis());
        part.measured(entity.measuredMillis());
        part.networkMeasured(entity.networkMeasuredMillis());
        int next = select(entity.samples(), chosen, first, part.samples());
        for (ResourceSamples resource : entity.resources()) {
            Samples samples = new Samples();
            next = select(resource.samples(), chosen, next, samples);
            if (!samples.isEmpty()) {
                part.resources().add(new ResourceSamples(resource.labels(), samples));
            }
        }
        return part;
    }

    private static int select(Samples from, BitSet chosen, int first, Samples into) {
        for (int i = 0; i < from.size(); i++) {
            if (chosen.get(first + i)) {
                into.append(from.metricId(i), from.bits(i));
            }
        }
        return first + from.size();
    }
}
