package io.heapster.scraper.derive;

import static io.heapster.contract.metric.Metrics.CPU_LIMIT;
import static io.heapster.contract.metric.Metrics.CPU_REQUEST;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_LIMIT;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_REQUEST;
import static io.heapster.contract.metric.Metrics.MEMORY_LIMIT;
import static io.heapster.contract.metric.Metrics.MEMORY_REQUEST;
import static io.heapster.contract.metric.Metrics.RESTART_COUNT;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import io.heapster.scraper.source.NodeInventory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds what the cluster's API knows: labels, requests and limits, restart counts. Containers of a pod's spec that the
 * reading lacks are added with these figures only; a pod of which nothing was read is not invented.
 */
public final class Enrichment {
    /** A limit from here on is a sentinel for none: kernels and API servers write such numbers. */
    private static final long NO_LIMIT_FROM = 1L << 62;

    private final JoinedLabels joinedLabels;

    public Enrichment(JoinedLabels joinedLabels, MeterRegistry meters) {
        this.joinedLabels = joinedLabels;
        FunctionCounter.builder("heapster.labels.cut", joinedLabels, JoinedLabels::cut)
                .description("Joined labels that were longer than their limit and lost their end")
                .register(meters);
    }

    /** The entities of the reading, labelled and complete: the node, its system containers, pods with containers. */
    public List<Entity> enrich(List<Entity> entities, NodeInventory inventory) {
        List<Entity> enriched = new ArrayList<>(entities.size() + 8);
        for (Entity entity : entities) {
            switch (entity.type()) {
                case NODE -> {
                    enrichNode(entity, inventory);
                    enriched.add(entity);
                }
                case SYSTEM_CONTAINER -> enriched.add(entity);
                case POD, POD_CONTAINER, NAMESPACE, CLUSTER -> {
                    // Pods follow as groups; a node says nothing of namespaces and clusters.
                }
            }
        }
        PodIndex index = new PodIndex(inventory);
        for (PodGroup group : PodGroup.of(entities)) {
            NodeInventory.Pod known = index.find(group.pod());
            if (known != null) {
                enrichPod(group, known, inventory);
            }
            enriched.add(group.pod());
            enriched.addAll(group.containers());
        }
        return enriched;
    }

    private void enrichNode(Entity node, NodeInventory inventory) {
        if (inventory.known()) {
            node.relabel(joinedLabels
                    .onto(node.labels(), inventory.nodeLabels())
                    .with(LabelKey.SCHEDULABLE, String.valueOf(inventory.schedulable())));
        }
    }

    private void enrichPod(PodGroup group, NodeInventory.Pod known, NodeInventory inventory) {
        Entity pod = group.pod();
        Labels labels = joinedLabels
                .onto(pod.labels(), known.labels())
                .with(LabelKey.POD_ID, known.uid().isEmpty() ? pod.label(LabelKey.POD_ID) : known.uid())
                .with(LabelKey.POD_IP, known.ip())
                .with(LabelKey.WORKLOAD_KIND, known.workload().kind())
                .with(LabelKey.WORKLOAD_NAME, known.workload().name())
                .with(
                        LabelKey.NAMESPACE_ID,
                        inventory.namespaceIds().getOrDefault(known.namespace(), pod.label(LabelKey.NAMESPACE_ID)));
        pod.relabel(known.hostNetwork() ? labels.with(LabelKey.HOST_NETWORK, "true") : labels);

        for (Entity container : group.containers()) {
            // Of the container the source knows its name and perhaps its image; all else is its pod's.
            container.relabel(labels.with(LabelKey.CONTAINER_NAME, container.label(LabelKey.CONTAINER_NAME))
                    .with(LabelKey.CONTAINER_BASE_IMAGE, container.label(LabelKey.CONTAINER_BASE_IMAGE)));
        }
        for (NodeInventory.Container container : known.containers()) {
            if (!group.hasContainer(container.name())) {
                group.containers()
                        .add(new Entity(
                                EntityType.POD_CONTAINER, labels.with(LabelKey.CONTAINER_NAME, container.name())));
            }
        }
        known.containers().forEach(container -> enrichContainer(group, container));
        // Not there when they have finished, so none of these is added.
        known.passing().forEach(container -> enrichContainer(group, container));
    }

    private static void enrichContainer(PodGroup group, NodeInventory.Container container) {
        for (Entity entity : group.containers()) {
            if (entity.label(LabelKey.CONTAINER_NAME).equals(container.name())) {
                enrichContainer(entity, container);
            }
        }
    }

    private static void enrichContainer(Entity entity, NodeInventory.Container container) {
        if (!entity.labels().has(LabelKey.CONTAINER_BASE_IMAGE)) {
            entity.relabel(entity.labels().with(LabelKey.CONTAINER_BASE_IMAGE, container.image()));
        }
        entity.relabel(
                entity.labels().with(LabelKey.CONTAINER_TYPE, container.type().label()));
        Samples samples = entity.samples();
        samples.set(CPU_REQUEST, container.cpuRequestMillis());
        samples.set(CPU_LIMIT, limit(container.cpuLimitMillis()));
        samples.set(MEMORY_REQUEST, container.memoryRequest());
        samples.set(MEMORY_LIMIT, limit(container.memoryLimit()));
        samples.set(EPHEMERAL_STORAGE_REQUEST, container.ephemeralStorageRequest());
        samples.set(EPHEMERAL_STORAGE_LIMIT, limit(container.ephemeralStorageLimit()));
        samples.set(RESTART_COUNT, container.restartCount());
    }

    private static long limit(long limit) {
        return limit >= NO_LIMIT_FROM ? 0 : limit;
    }
}
