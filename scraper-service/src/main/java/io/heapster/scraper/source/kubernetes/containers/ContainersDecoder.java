package io.heapster.scraper.source.kubernetes.containers;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.containerinfo.ContainerInfo;
import io.heapster.scraper.source.containerinfo.ContainerInfoReader;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what a kubelet answers to {@code POST /stats/container/}: a map of control groups to ContainerInfo, in any order.
 * What belongs to a pod is told by the labels its runtime gave it; all else is a system container.
 *
 * <p>Keeps scratch memory between documents: not safe for several threads, use one for each.
 */
public final class ContainersDecoder {
    private static final String ROOT = "/";

    private final Warnings warnings = new Warnings();
    private final JsonCursor json = new JsonCursor(warnings);
    private final ContainerInfoReader reader = new ContainerInfoReader(json, warnings);

    private Labels nodeLabels = Labels.EMPTY;
    private long answeredMillis;
    private @Nullable Entity node;
    private List<Entity> systemContainers = new ArrayList<>();
    /** By UID, or where the runtime does not tell it by namespace and name. */
    private final Map<String, PodParts> pods = new HashMap<>();
    /** By UID: what the control groups of whole pods tell. */
    private final Map<String, PodCgroup> podCgroups = new HashMap<>();

    private record PodCgroup(String name, Entity entity) {}

    /**
     * @param document the bytes of one document, from the first on
     * @param length how many they are
     * @param labels those of the node, which all its entities carry: nodename, hostname, host_id
     * @param answered milliseconds since 1970 when the document came, for the uptime of what has no measuring time
     * @return the node first, its system containers, then each pod followed by its containers; warnings are
     *     {@code reason: field}
     * @throws ScrapeException with {@link Reason#DECODE} if the bytes are no such document
     */
    public Reading decode(byte[] document, int length, Labels labels, long answered) throws ScrapeException {
        warnings.begin();
        nodeLabels = labels;
        answeredMillis = answered;
        node = null;
        systemContainers = new ArrayList<>();
        pods.clear();
        podCgroups.clear();
        json.begin(document, length);
        try {
            if (!json.beginObject()) {
                throw notContainers("it is no JSON object", null);
            }
            while (json.nextField() != null) {
                ContainerInfo info = reader.read();
                if (info != null && info.isMeasured()) {
                    take(info);
                }
            }
            json.finish();
        } catch (MalformedJsonException e) {
            throw notContainers(String.valueOf(e.getMessage()), e);
        }
        return new Reading(inOrder(), warnings.lines());
    }

    private void take(ContainerInfo info) {
        if (info.path().equals(ROOT)) {
            node = info.toEntity(EntityType.NODE, nodeLabels, answeredMillis);
            return;
        }
        PodMember member = PodMember.of(info);
        if (member != null) {
            PodParts pod = pods.computeIfAbsent(member.podKey(), any -> new PodParts(member));
            if (member.isSandbox()) {
                pod.sandbox(info.toEntity(EntityType.POD, Labels.EMPTY, answeredMillis));
            } else {
                pod.container(
                        member.container(),
                        info.image(),
                        info.toEntity(EntityType.POD_CONTAINER, Labels.EMPTY, answeredMillis));
            }
            return;
        }
        String uid = PodMember.uidOfCgroup(info.path());
        if (!uid.isEmpty()) {
            podCgroups.put(
                    uid, new PodCgroup(info.path(), info.toEntity(EntityType.POD, Labels.EMPTY, answeredMillis)));
        } else if (info.name().isEmpty()) {
            warnings.add(Warnings.NO_NAME, "container");
        } else {
            systemContainers.add(info.toEntity(EntityType.SYSTEM_CONTAINER, named(info.name()), answeredMillis));
        }
    }

    private Labels named(String name) {
        return nodeLabels.with(LabelKey.CONTAINER_NAME, name.startsWith(ROOT) ? name.substring(1) : name);
    }

    private List<Entity> inOrder() {
        Map<String, PodParts> byName = new HashMap<>();
        for (PodParts pod : pods.values()) {
            PodCgroup cgroup = podCgroups.remove(pod.uid());
            pod.complete(cgroup == null ? null : cgroup.entity());
            byName.merge(pod.name(), pod, PodParts::later);
        }
        for (PodCgroup cgroup : podCgroups.values()) {
            // nothing that runs in it tells whose it is
            Entity entity = cgroup.entity();
            Entity unknown = new Entity(EntityType.SYSTEM_CONTAINER, named(cgroup.name()));
            unknown.started(entity.startMillis());
            unknown.measured(entity.measuredMillis());
            for (int i = 0; i < entity.samples().size(); i++) {
                unknown.samples()
                        .append(entity.samples().metricId(i), entity.samples().bits(i));
            }
            systemContainers.add(unknown);
        }
        List<Entity> entities = new ArrayList<>(1 + systemContainers.size() + 4 * byName.size());
        entities.add(node == null ? new Entity(EntityType.NODE, nodeLabels) : node);
        entities.addAll(systemContainers);
        for (PodParts pod : byName.values()) {
            pod.addTo(entities, nodeLabels);
        }
        return entities;
    }

    private static ScrapeException notContainers(String why, @Nullable Throwable cause) {
        return new ScrapeException(Reason.DECODE, "the answer is no map of containers: " + why, cause);
    }
}
