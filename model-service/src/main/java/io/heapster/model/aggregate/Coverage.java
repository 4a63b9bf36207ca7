package io.heapster.model.aggregate;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes the sums of a tick cover, of how many.
 *
 * @param covered nodes whose figures of the tick are there
 * @param known nodes of which any outcome is known of the tick or of the one before
 */
public record Coverage(int covered, int known) {
    /** What these sums say they cover, or null when they do not say it. */
    static @Nullable Coverage of(SampleBatch sums) {
        for (Entity entity : sums.entities()) {
            Samples samples = entity.samples();
            if (entity.type() == EntityType.CLUSTER
                    && samples.has(Metrics.NODES_COVERED)
                    && samples.has(Metrics.NODES_KNOWN)) {
                return new Coverage(
                        (int) samples.longOr(Metrics.NODES_COVERED, 0), (int) samples.longOr(Metrics.NODES_KNOWN, 0));
            }
        }
        return null;
    }

    void addTo(Samples sum) {
        sum.add(Metrics.NODES_COVERED, covered);
        sum.add(Metrics.NODES_KNOWN, known);
    }
}
