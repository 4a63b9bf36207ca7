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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds what the cluster's API knows: labels, requests and limits, restart counts. Containers of a pod's spec that the
 * reading lacks are added with these figures only; a pod of which nothing was read is not invented.
 */
public final class Enrichment {
    /** A limit from here on is a sentinel for none: kernels and API servers write such numbers. */
    private static final long NO_LIMIT_FROM = 1L << 62;

    private final JoinedLabels joinedLabels;
    private final Function<Labels, String> join;

    public Enrichment(JoinedLabels joinedLabels, MeterRegistry meters) {
        this.joinedLabels = joinedLabels;
        this.join = joinedLabels::join;
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
        Labels labels = podLabels(pod.labels(), known, inventory);
        pod.relabel(known.hostNetwork() ? labels.with(LabelKey.HOST_NETWORK, "true") : labels);

        for (Entity container : group.containers()) {
            enrichContainer(container, labels, known);
        }
        List<NodeInventory.Container> told = known.containers();
        for (int i = 0; i < told.size(); i++) {
            NodeInventory.Container container = told.get(i);
            if (!group.hasContainer(container.name())) {
                Entity missing =
                        new Entity(EntityType.POD_CONTAINER, labels.with(LabelKey.CONTAINER_NAME, container.name()));
                enrichContainer(missing, labels, known);
                group.containers().add(missing);
            }
        }
    }

    private Labels podLabels(Labels own, NodeInventory.Pod known, NodeInventory inventory) {
        Overrides overrides = new Overrides(own);
        overrides.set(LabelKey.LABELS, known.labels().text(join));
        String namespaceId = inventory.namespaceIds().get(known.namespace());
        if (namespaceId != null) {
            overrides.set(LabelKey.NAMESPACE_ID, namespaceId);
        }
        if (!known.uid().isEmpty()) {
            overrides.set(LabelKey.POD_ID, known.uid());
        }
        overrides.set(LabelKey.POD_IP, known.ip());
        overrides.set(LabelKey.WORKLOAD_KIND, known.workload().kind());
        overrides.set(LabelKey.WORKLOAD_NAME, known.workload().name());
        return joinedLabels.store(overrides.labels(), known.labels().labels());
    }

    /** Of the container the source knows its name and perhaps its image; all else is its pod's, or the spec's. */
    private static void enrichContainer(Entity container, Labels podLabels, NodeInventory.Pod known) {
        String name = container.label(LabelKey.CONTAINER_NAME);
        NodeInventory.Container spec = find(known.containers(), name);
        if (spec == null) {
            // Not there when they have finished, so none of these is added.
            spec = find(known.passing(), name);
        }
        String image = container.label(LabelKey.CONTAINER_BASE_IMAGE);
        Overrides overrides = new Overrides(podLabels);
        overrides.set(LabelKey.CONTAINER_BASE_IMAGE, image.isEmpty() && spec != null ? spec.image() : image);
        overrides.set(LabelKey.CONTAINER_NAME, name);
        if (spec != null) {
            overrides.set(LabelKey.CONTAINER_TYPE, spec.type().label());
            addAmounts(container.samples(), spec);
        }
        container.relabel(overrides.labels());
    }

    private static NodeInventory.@Nullable Container find(List<NodeInventory.Container> containers, String name) {
        for (int i = 0; i < containers.size(); i++) {
            if (containers.get(i).name().equals(name)) {
                return containers.get(i);
            }
        }
        return null;
    }

    private static void addAmounts(Samples samples, NodeInventory.Container container) {
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
