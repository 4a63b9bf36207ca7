package io.heapster.model.resourcemetrics;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import java.util.ArrayList;
import java.util.List;

/** What a scraper says of one node at successive ticks. Counters go on by themselves; times are ms since 1970. */
final class MeasuredCluster {
    static final long RESOLUTION = 60_000;

    private final String cluster;
    private final String node;
    private final List<Entity> entities = new ArrayList<>();
    private Labels podLabels = Labels.EMPTY;

    MeasuredCluster(String cluster, String node) {
        this.cluster = cluster;
        this.node = node;
    }

    private Labels nodeLabels() {
        return Labels.of(LabelKey.NODENAME, node, LabelKey.HOSTNAME, "host-" + node);
    }

    MeasuredCluster node(String joinedLabels) {
        entities.add(new Entity(EntityType.NODE, nodeLabels().with(LabelKey.LABELS, joinedLabels)));
        return this;
    }

    MeasuredCluster pod(String namespace, String name, String joinedLabels) {
        podLabels = nodeLabels()
                .with(Labels.of(
                        LabelKey.NAMESPACE_NAME,
                        namespace,
                        LabelKey.POD_NAME,
                        name,
                        LabelKey.POD_ID,
                        namespace + "/" + name,
                        LabelKey.LABELS,
                        joinedLabels));
        entities.add(new Entity(EntityType.POD, podLabels));
        return this;
    }

    MeasuredCluster container(String name) {
        entities.add(new Entity(EntityType.POD_CONTAINER, podLabels.with(LabelKey.CONTAINER_NAME, name)));
        return this;
    }

    /** The last entity was measured by its source. */
    MeasuredCluster measured(long millis, long cpuNanos, long memory) {
        Entity entity = last();
        entity.measured(millis);
        entity.samples().add(Metrics.UPTIME, 1_000L);
        entity.samples().add(Metrics.CPU_USAGE, cpuNanos);
        entity.samples().add(Metrics.MEMORY_WORKING_SET, memory);
        return this;
    }

    MeasuredCluster rate(long millicores) {
        last().samples().add(Metrics.CPU_USAGE_RATE, millicores);
        return this;
    }

    /** Only the API server speaks of the last entity. */
    MeasuredCluster requestsOnly() {
        last().samples().add(Metrics.CPU_REQUEST, 50L);
        return this;
    }

    private Entity last() {
        return entities.get(entities.size() - 1);
    }

    SampleBatch at(long tick) {
        return at(tick, RESOLUTION);
    }

    SampleBatch at(long tick, long resolution) {
        return SampleBatch.ok(new NodeKey(cluster, node), tick, resolution, entities);
    }
}
