package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;
import io.heapster.scraper.source.decode.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what a kubelet answers to {@code GET /stats/summary}, of any version: every field may be missing or null, a
 * field of a wrong type costs itself, unknown fields are stepped over.
 *
 * <p>Keeps scratch memory between documents: not safe for several threads, use one for each.
 */
public final class SummaryDecoder {
    private static final Labels ROOT = Labels.of(LabelKey.RESOURCE_ID, "/");
    private static final Labels LOGS = Labels.of(LabelKey.RESOURCE_ID, "logs");
    private static final String VOLUME = "Volume:";

    private final Warnings warnings = new Warnings();
    private final JsonCursor json = new JsonCursor(warnings);
    private final Measurement outer = new Measurement();
    private final Measurement container = new Measurement();
    private final NetworkBlock network = new NetworkBlock();
    private final FilesystemBlock filesystem = new FilesystemBlock();
    private final CustomMetricBlock customMetrics = new CustomMetricBlock(warnings);
    private final NamedContainers containers = new NamedContainers();
    private final Map<PodName, PodEntities> pods = new HashMap<>();

    private Labels nodeLabels = Labels.EMPTY;
    private long answeredMillis;

    /**
     * @param document the bytes of one document, from the first on
     * @param length how many they are
     * @param labels those of the node, which all its entities carry: nodename, hostname, host_id
     * @param answered milliseconds since 1970 when the document came, for the uptime of what has no measuring time
     * @return the node first, its system containers, then each pod followed by its containers; warnings are
     *     {@code reason: field}
     * @throws ScrapeException with {@link Reason#DECODE} if the bytes are no document of a summary
     */
    public Reading decode(byte[] document, int length, Labels labels, long answered) throws ScrapeException {
        warnings.begin();
        pods.clear();
        nodeLabels = labels;
        answeredMillis = answered;
        json.begin(document, length);
        try {
            return new Reading(readSummary(), warnings.lines());
        } catch (MalformedJsonException e) {
            throw notASummary(String.valueOf(e.getMessage()), e);
        }
    }

    private List<Entity> readSummary() throws MalformedJsonException, ScrapeException {
        if (!json.beginObject()) {
            throw notASummary("it is no JSON object", null);
        }
        List<Entity> node = List.of();
        boolean any = false;
        List<PodEntities> inOrder = new ArrayList<>();
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.NODE && json.beginObject()) {
                node = readNode();
                any = true;
            } else if (field == Field.PODS && json.beginArray()) {
                any = true;
                while (json.nextElement()) {
                    if (json.beginObject()) {
                        readPod(inOrder);
                    }
                }
            } else if (field != Field.NODE && field != Field.PODS) {
                json.skip();
            }
        }
        json.finish();
        if (!any) {
            throw notASummary("it has neither node nor pods", null);
        }
        return inOrder(node, inOrder);
    }

    private List<Entity> inOrder(List<Entity> node, List<PodEntities> podsInOrder) {
        int count = Math.max(1, node.size());
        for (PodEntities pod : podsInOrder) {
            count += 1 + pod.containers.size();
        }
        List<Entity> entities = new ArrayList<>(count);
        if (node.isEmpty()) {
            entities.add(new Entity(EntityType.NODE, nodeLabels));
        }
        entities.addAll(node);
        for (PodEntities pod : podsInOrder) {
            entities.add(pod.pod);
            entities.addAll(pod.containers);
        }
        return entities;
    }

    private List<Entity> readNode() throws MalformedJsonException {
        outer.begin(EntityType.NODE);
        containers.clear();
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case FS -> {
                    filesystem.read(json);
                    filesystem.addTo(outer, ROOT);
                    outer.put(Metrics.EPHEMERAL_STORAGE_USAGE, filesystem.used());
                }
                case SYSTEM_CONTAINERS -> readContainers(EntityType.SYSTEM_CONTAINER);
                default -> readCommon(field, outer);
            }
        }
        List<Entity> entities = new ArrayList<>(1 + containers.size());
        entities.add(outer.finish(nodeLabels, answeredMillis));
        containers.moveTo(entities, nodeLabels);
        return entities;
    }

    private void readPod(List<PodEntities> inOrder) throws MalformedJsonException {
        outer.begin(EntityType.POD);
        containers.clear();
        String name = "";
        String namespace = "";
        String uid = "";
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case POD_REF -> {
                    if (json.beginObject()) {
                        for (Field ref = json.nextField(); ref != null; ref = json.nextField()) {
                            switch (ref) {
                                case NAME -> name = json.readText();
                                case NAMESPACE -> namespace = json.readName();
                                case UID -> uid = json.readText();
                                default -> json.skip();
                            }
                        }
                    }
                }
                case CONTAINERS -> readContainers(EntityType.POD_CONTAINER);
                case VOLUME -> readVolumes();
                case EPHEMERAL_STORAGE -> {
                    filesystem.read(json);
                    outer.put(Metrics.EPHEMERAL_STORAGE_USAGE, filesystem.used());
                }
                default -> readCommon(field, outer);
            }
        }
        if (name.isEmpty() || namespace.isEmpty()) {
            warnings.add(Warnings.NO_NAME, "pod");
            return;
        }
        Labels labels = nodeLabels.overriddenBy(
                new String[] {LabelKey.NAMESPACE_NAME, namespace, LabelKey.POD_ID, uid, LabelKey.POD_NAME, name}, 6);
        Entity pod = outer.finish(labels, answeredMillis);
        add(new PodName(namespace, name), pod, inOrder);
    }

    /** Of two pods of one name, an old one on its way out and its successor, the one that started later counts. */
    private void add(PodName name, Entity pod, List<PodEntities> inOrder) {
        PodEntities entities = pods.get(name);
        if (entities == null) {
            entities = new PodEntities(pod);
            pods.put(name, entities);
            inOrder.add(entities);
        } else if (pod.startMillis() > entities.pod.startMillis()) {
            entities.pod = pod;
            entities.containers = new ArrayList<>(containers.size());
        } else {
            return;
        }
        containers.moveTo(entities.containers, pod.labels());
    }

    private void readVolumes() throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            filesystem.read(json);
            if (filesystem.name().isEmpty()) {
                warnings.add(Warnings.NO_NAME, "volume");
            } else {
                filesystem.addTo(outer, Labels.EMPTY.with(LabelKey.RESOURCE_ID, VOLUME.concat(filesystem.name())));
            }
        }
    }

    private void readContainers(EntityType type) throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            if (json.beginObject()) {
                readContainer(type);
            }
        }
    }

    private void readContainer(EntityType type) throws MalformedJsonException {
        container.begin(type);
        boolean inPod = type == EntityType.POD_CONTAINER;
        String name = "";
        long rootUsed = JsonCursor.ABSENT;
        long logsUsed = JsonCursor.ABSENT;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case NAME -> name = json.readName();
                case ACCELERATORS -> AcceleratorBlock.read(json, container);
                case USER_DEFINED_METRICS -> customMetrics.read(json, container);
                case ROOTFS -> rootUsed = readContainerFilesystem(inPod, ROOT);
                case LOGS -> logsUsed = readContainerFilesystem(inPod, LOGS);
                default -> readCommon(field, container);
            }
        }
        if (name.isEmpty()) {
            warnings.add(Warnings.NO_NAME, "container");
            return;
        }
        if (rootUsed != JsonCursor.ABSENT && logsUsed != JsonCursor.ABSENT && rootUsed + logsUsed >= 0) {
            container.put(Metrics.EPHEMERAL_STORAGE_USAGE, rootUsed + logsUsed);
        }
        containers.add(inPod ? name : systemName(name), container.finish(Labels.EMPTY, answeredMillis));
    }

    /** System containers have no file systems of their own: what the kubelet tells there is the node's. */
    private long readContainerFilesystem(boolean inPod, Labels resource) throws MalformedJsonException {
        if (!inPod) {
            json.skip();
            return JsonCursor.ABSENT;
        }
        filesystem.read(json);
        filesystem.addTo(container, resource);
        return filesystem.used();
    }

    /** The blocks that any entity may have. */
    private void readCommon(Field field, Measurement into) throws MalformedJsonException {
        switch (field) {
            case START_TIME -> into.startedAt(json.readTime());
            case CPU -> CpuBlock.read(json, into);
            case MEMORY -> MemoryBlock.read(json, into);
            case NETWORK -> network.read(json, into);
            case SWAP -> SwapBlock.read(json, into);
            case IO -> IoBlock.read(json, into);
            case PROCESS_STATS -> ProcessBlock.read(json, into);
            default -> json.skip();
        }
    }

    /** Heapster's names of the two system containers that the kubelet names otherwise. */
    private static String systemName(String name) {
        return switch (name) {
            case "runtime" -> "docker-daemon";
            case "misc" -> "system";
            default -> name;
        };
    }

    private static ScrapeException notASummary(String why, @Nullable Throwable cause) {
        return new ScrapeException(Reason.DECODE, "the answer is no summary: " + why, cause);
    }

    private record PodName(String namespace, String name) {}

    private static final class PodEntities {
        private Entity pod;
        private List<Entity> containers = new ArrayList<>(2);

        PodEntities(Entity pod) {
            this.pod = pod;
        }
    }
}
