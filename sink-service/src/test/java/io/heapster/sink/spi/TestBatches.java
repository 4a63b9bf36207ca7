package io.heapster.sink.spi;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import java.util.ArrayList;
import java.util.List;

/** Batches as a scraper makes them, with figures that tell points apart. */
public final class TestBatches {
    public static final long TICK = 1_496_318_400_000L;
    public static final long RESOLUTION = 60_000;

    private TestBatches() {}

    /** A node with one file system and pods of one container each, at the tick of this number. */
    public static SampleBatch node(String node, int tick, int pods) {
        List<Entity> entities = new ArrayList<>();
        Entity machine = new Entity(
                EntityType.NODE,
                Labels.of(LabelKey.NODENAME, node, LabelKey.HOSTNAME, node + ".local", LabelKey.HOST_ID, "id-" + node));
        fill(machine, tick);
        machine.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_USAGE, 13_340L + tick);
        entities.add(machine);
        for (int i = 0; i < pods; i++) {
            Labels pod = pod(node, "pod-" + i);
            entities.add(fill(new Entity(EntityType.POD, pod), tick));
            entities.add(fill(new Entity(EntityType.POD_CONTAINER, pod.with(LabelKey.CONTAINER_NAME, "app")), tick));
        }
        return SampleBatch.ok(new NodeKey("default", node), TICK + tick * RESOLUTION, RESOLUTION, entities);
    }

    /** A node with one pod of this name and these further labels. */
    public static SampleBatch onePod(String node, int tick, String name, String... moreLabels) {
        Labels labels = pod(node, name).with(Labels.of(moreLabels));
        return SampleBatch.ok(
                new NodeKey("default", node),
                TICK + tick * RESOLUTION,
                RESOLUTION,
                List.of(fill(new Entity(EntityType.POD, labels), tick)));
    }

    private static Labels pod(String node, String name) {
        return Labels.of(
                LabelKey.NODENAME,
                node,
                LabelKey.HOSTNAME,
                node + ".local",
                LabelKey.POD_NAME,
                name,
                LabelKey.POD_ID,
                "uid-" + name,
                LabelKey.NAMESPACE_NAME,
                "shop",
                LabelKey.NAMESPACE_ID,
                "uid-shop",
                LabelKey.LABELS,
                "app:web,tier:front");
    }

    private static Entity fill(Entity entity, int tick) {
        int own = Math.floorMod(entity.key().hashCode(), 1_000);
        entity.started(TICK - 3_600_000);
        entity.samples().add(Metrics.CPU_USAGE, 1_000_000_000L * tick + own);
        entity.samples().add(Metrics.CPU_USAGE_RATE, (long) own);
        entity.samples().add(Metrics.MEMORY_USAGE, 4_096L * own + tick);
        entity.samples().add(Metrics.NETWORK_RX_RATE, own + tick / 8.0);
        return entity;
    }
}
