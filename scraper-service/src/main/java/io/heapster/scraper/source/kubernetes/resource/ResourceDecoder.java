package io.heapster.scraper.source.kubernetes.resource;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.decode.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code /metrics/resource}, of a kubelet or of what stands in for one. Other metrics, comments and exemplars are
 * stepped over; a line that cannot be used costs itself.
 *
 * <p>Keeps scratch memory between documents: not safe for several threads, use one for each.
 */
public final class ResourceDecoder {
    private final Warnings warnings = new Warnings();
    private final SampleLine line = new SampleLine(warnings);
    private final Map<String, PodFigures> pods = new HashMap<>();

    private static final class PodFigures {
        private final String namespace;
        private final String pod;
        private final Figures own = new Figures();
        private final Map<String, Figures> containers = new HashMap<>();

        PodFigures(String namespace, String pod) {
            this.namespace = namespace;
            this.pod = pod;
        }
    }

    /**
     * @param document the bytes of one document, from the first on
     * @param length how many they are
     * @param labels those of the node, which all its entities carry: nodename, hostname, host_id
     * @param answered milliseconds since 1970 when the document came: the time of samples that have none of their own
     * @return the node first, then each pod followed by its containers; the UIDs of pods are not told
     * @throws ScrapeException with {@link Reason#DECODE} if the bytes have none of the metrics
     */
    public Reading decode(byte[] document, int length, Labels labels, long answered) throws ScrapeException {
        warnings.begin();
        pods.clear();
        Figures node = new Figures();
        boolean any = false;
        int start = 0;
        while (start < length) {
            int end = start;
            while (end < length && document[end] != '\n') {
                end++;
            }
            if (line.read(document, start, end)) {
                Figures figures = figuresOf(line, node);
                if (figures != null) {
                    any = true;
                    long time = line.timeMillis() > 0 ? line.timeMillis() : answered;
                    figures.put(line.family().quantity(), line.value(), time);
                }
            }
            start = end + 1;
        }
        if (!any) {
            throw new ScrapeException(
                    Reason.DECODE,
                    "the answer has none of the metrics node_, pod_ and container_cpu_usage_seconds_total",
                    null);
        }
        return new Reading(entities(node, labels, answered), warnings.lines());
    }

    private @Nullable Figures figuresOf(SampleLine sample, Figures node) {
        Family.Level level = sample.family().level();
        if (level == Family.Level.NODE) {
            return node;
        }
        if (sample.namespace().isEmpty() || sample.pod().isEmpty()) {
            warnings.add(Warnings.NO_NAME, "pod");
            return null;
        }
        PodFigures pod = pods.computeIfAbsent(
                sample.namespace() + "/" + sample.pod(), any -> new PodFigures(sample.namespace(), sample.pod()));
        if (level == Family.Level.POD) {
            return pod.own;
        }
        if (sample.container().isEmpty()) {
            warnings.add(Warnings.NO_NAME, "container");
            return null;
        }
        return pod.containers.computeIfAbsent(sample.container(), any -> new Figures());
    }

    private List<Entity> entities(Figures node, Labels nodeLabels, long answered) {
        List<Entity> entities = new ArrayList<>(1 + 3 * pods.size());
        entities.add(node.toEntity(EntityType.NODE, nodeLabels, answered));
        for (PodFigures pod : pods.values()) {
            Labels labels = nodeLabels.overriddenBy(
                    new String[] {LabelKey.NAMESPACE_NAME, pod.namespace, LabelKey.POD_NAME, pod.pod}, 4);
            entities.add(pod.own.toEntity(EntityType.POD, labels, answered));
            pod.containers.forEach((name, container) -> entities.add(container.toEntity(
                    EntityType.POD_CONTAINER, labels.with(LabelKey.CONTAINER_NAME, name), answered)));
        }
        return entities;
    }
}
