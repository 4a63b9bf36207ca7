package io.heapster.contract.sample;

import io.heapster.contract.metric.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * One entity of a batch with its labels, times and samples. Filled step by step on its way through the scraper; after
 * that nobody changes it. Times are milliseconds since 1970; 0 means unknown.
 */
public final class Entity {
    private final EntityType type;
    private Labels labels;
    private long startMillis;
    private long measuredMillis;
    private long networkMeasuredMillis;
    private final Samples samples = new Samples();
    private final List<ResourceSamples> resources = new ArrayList<>(0);

    public Entity(EntityType type, Labels labels) {
        this.type = type;
        this.labels = labels;
    }

    public EntityType type() {
        return type;
    }

    /** All labels but {@link LabelKey#TYPE} and {@link LabelKey#CLUSTER_NAME}. */
    public Labels labels() {
        return labels;
    }

    public void relabel(Labels newLabels) {
        labels = newLabels;
    }

    /** A label's value; empty when there is none. */
    public String label(String key) {
        return labels.get(key);
    }

    /** When the entity started, which is where its cumulative metrics count from. */
    public long startMillis() {
        return startMillis;
    }

    public void started(long millis) {
        startMillis = millis;
    }

    /** When the values were measured, by the clock of the node. */
    public long measuredMillis() {
        return measuredMillis;
    }

    public void measured(long millis) {
        measuredMillis = millis;
    }

    /** When the values of metrics of this clock were measured. */
    public long measuredMillis(Clock clock) {
        return clock == Clock.NETWORK && networkMeasuredMillis != 0 ? networkMeasuredMillis : measuredMillis;
    }

    public void networkMeasured(long millis) {
        networkMeasuredMillis = millis == measuredMillis ? 0 : millis;
    }

    /** The network's own measuring time; 0 when it is the entity's. */
    public long networkMeasuredMillis() {
        return networkMeasuredMillis;
    }

    /** Values of metrics that an entity has once. */
    public Samples samples() {
        return samples;
    }

    /** Values of labelled metrics, by resource. */
    public List<ResourceSamples> resources() {
        return resources;
    }

    /** The samples of the resource with these labels, made when new. */
    public Samples resource(Labels resourceLabels) {
        for (ResourceSamples resource : resources) {
            if (resource.labels().equals(resourceLabels)) {
                return resource.samples();
            }
        }
        ResourceSamples resource = new ResourceSamples(resourceLabels, new Samples());
        resources.add(resource);
        return resource.samples();
    }

    /** How many values the entity carries, labelled ones included. */
    public int sampleCount() {
        int count = samples.size();
        for (ResourceSamples resource : resources) {
            count += resource.samples().size();
        }
        return count;
    }

    /** Heapster's key of the entity, for instance {@code namespace:shop/pod:web-1/container:httpd}. */
    public String key() {
        return switch (type) {
            case CLUSTER -> EntityKey.cluster();
            case NAMESPACE -> EntityKey.namespace(label(LabelKey.NAMESPACE_NAME));
            case NODE -> EntityKey.node(label(LabelKey.NODENAME));
            case SYSTEM_CONTAINER ->
                EntityKey.systemContainer(label(LabelKey.NODENAME), label(LabelKey.CONTAINER_NAME));
            case POD -> EntityKey.pod(label(LabelKey.NAMESPACE_NAME), label(LabelKey.POD_NAME));
            case POD_CONTAINER ->
                EntityKey.podContainer(
                        label(LabelKey.NAMESPACE_NAME), label(LabelKey.POD_NAME), label(LabelKey.CONTAINER_NAME));
        };
    }

    @Override
    public String toString() {
        return key() + samples + (resources.isEmpty() ? "" : resources.toString());
    }
}
