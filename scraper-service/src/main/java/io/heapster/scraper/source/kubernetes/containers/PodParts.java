package io.heapster.scraper.source.kubernetes.containers;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a document tells of one pod, part by part. */
final class PodParts {
    private static final Metric[] OF_SANDBOX = {
        Metrics.UPTIME, Metrics.NETWORK_RX, Metrics.NETWORK_RX_ERRORS, Metrics.NETWORK_TX, Metrics.NETWORK_TX_ERRORS
    };

    private final String uid;
    private final String namespace;
    private final String pod;
    private final Map<String, Part> containers = new HashMap<>();
    private @Nullable Entity sandbox;
    /** Whether anything but its containers tells of the pod. */
    private boolean told;
    /** Whether there is a control group by its UID. */
    private boolean grouped;

    private final Entity whole = new Entity(EntityType.POD, Labels.EMPTY);

    private record Part(String image, Entity entity) {}

    PodParts(PodMember member) {
        uid = member.uid();
        namespace = member.namespace();
        pod = member.pod();
    }

    String uid() {
        return uid;
    }

    String name() {
        return namespace + "/" + pod;
    }

    /** A sandbox that died may be told of beside its successor. */
    void sandbox(Entity entity) {
        Entity known = sandbox;
        if (known == null || entity.startMillis() > known.startMillis()) {
            sandbox = entity;
        }
    }

    void container(String name, String image, Entity entity) {
        Part known = containers.get(name);
        if (known == null || entity.startMillis() > known.entity().startMillis()) {
            containers.put(name, new Part(image, entity));
        }
    }

    /**
     * Makes the pod of the control group that its containers are in, and of its sandbox: when it began, and the network that
     * all its containers share. The sandbox's own processor time and memory are not the pod's.
     */
    void complete(@Nullable Entity cgroup) {
        if (cgroup != null) {
            grouped = true;
            takeOver(cgroup);
        }
        Entity network = sandbox;
        if (network != null) {
            takeNetwork(network);
            if (cgroup == null) {
                whole.measured(network.measuredMillis());
            } else {
                whole.networkMeasured(network.measuredMillis());
            }
        }
    }

    private void takeOver(Entity cgroup) {
        told = true;
        Samples samples = cgroup.samples();
        whole.samples().reserve(samples.size());
        boolean faultsCounted = samples.longOr(Metrics.MEMORY_PAGE_FAULTS, 0) > 0;
        for (int i = 0; i < samples.size(); i++) {
            int id = samples.metricId(i);
            boolean ofFaults = id == Metrics.MEMORY_PAGE_FAULTS.id() || id == Metrics.MEMORY_MAJOR_PAGE_FAULTS.id();
            // cAdvisor counts processes, and with cgroup v1 page faults, of a group's own tasks, of which a pod's has
            // none
            if (id != Metrics.PROCESS_COUNT.id() && (faultsCounted || !ofFaults)) {
                whole.samples().append(id, samples.bits(i));
            }
        }
        whole.resources().addAll(cgroup.resources());
        whole.started(cgroup.startMillis());
        whole.measured(cgroup.measuredMillis());
    }

    private void takeNetwork(Entity network) {
        told = true;
        for (Metric metric : OF_SANDBOX) {
            int at = network.samples().indexOf(metric);
            if (at >= 0) {
                whole.samples().set(metric, network.samples().longValue(at));
            }
        }
        whole.started(network.startMillis());
    }

    /**
     * Of two pods of one name, an old one on its way out and its successor, the one that started later. A UID without a
     * control group is no pod's where the other UID has one, and no UID is none where the other is one: one part tells its
     * pod's UID wrongly, and must not take the place of all the others.
     */
    PodParts later(PodParts other) {
        if (standing() != other.standing()) {
            return standing() > other.standing() ? this : other;
        }
        return other.startMillis() > startMillis() ? other : this;
    }

    private int standing() {
        if (grouped) {
            return 2;
        }
        return uid.isEmpty() ? 0 : 1;
    }

    private long startMillis() {
        return whole.startMillis();
    }

    void addTo(List<Entity> entities, Labels nodeLabels) {
        Labels labels = nodeLabels.overriddenBy(
                new String[] {LabelKey.NAMESPACE_NAME, namespace, LabelKey.POD_ID, uid, LabelKey.POD_NAME, pod}, 6);
        whole.relabel(labels);
        if (told) {
            entities.add(whole);
        }
        containers.forEach((name, part) -> {
            part.entity()
                    .relabel(labels.with(LabelKey.CONTAINER_NAME, name)
                            .with(LabelKey.CONTAINER_BASE_IMAGE, part.image()));
            entities.add(part.entity());
        });
    }
}
