package io.heapster.scraper.derive;

import static io.heapster.contract.metric.Metrics.CPU_LIMIT;
import static io.heapster.contract.metric.Metrics.CPU_PSI_FULL_AVG10;
import static io.heapster.contract.metric.Metrics.CPU_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.CPU_REQUEST;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_LIMIT;
import static io.heapster.contract.metric.Metrics.EPHEMERAL_STORAGE_REQUEST;
import static io.heapster.contract.metric.Metrics.IO_PSI_FULL_AVG10;
import static io.heapster.contract.metric.Metrics.IO_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.MEMORY_AVAILABLE;
import static io.heapster.contract.metric.Metrics.MEMORY_LIMIT;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_FULL_AVG10;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.MEMORY_REQUEST;
import static io.heapster.contract.metric.Metrics.SWAP_AVAILABLE;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Samples;
import java.util.List;
import java.util.Set;

/** Sums over the containers of a pod and over the pods of a node. */
public final class Sums {
    /** What does not add up: percentages, and what is left below limits that only some containers have. */
    private static final Set<Metric> NOT_ADDITIVE = Set.of(
            CPU_PSI_SOME_AVG10,
            CPU_PSI_FULL_AVG10,
            MEMORY_PSI_SOME_AVG10,
            MEMORY_PSI_FULL_AVG10,
            IO_PSI_SOME_AVG10,
            IO_PSI_FULL_AVG10,
            MEMORY_AVAILABLE,
            SWAP_AVAILABLE);

    private static final List<Metric> OF_PODS = List.of(
            CPU_REQUEST, CPU_LIMIT, MEMORY_REQUEST, MEMORY_LIMIT, EPHEMERAL_STORAGE_REQUEST, EPHEMERAL_STORAGE_LIMIT);

    private static final boolean[] SUMMED = new boolean[MetricCatalogue.idBound()];
    private static final boolean[] RESERVED = new boolean[MetricCatalogue.idBound()];

    static {
        for (Metric metric : MetricCatalogue.declared()) {
            SUMMED[metric.id()] =
                    metric.type() != MetricType.CUMULATIVE && !metric.labelled() && !NOT_ADDITIVE.contains(metric);
            RESERVED[metric.id()] = OF_PODS.contains(metric);
        }
    }

    private Sums() {}

    /**
     * Gives each pod the sums over its containers, as far as the pod has no figure of its own. Counters are not summed,
     * custom ones excepted: the containers' restarts would make the sum fall. What an init or ephemeral container requests
     * it does not request beside the others, so it is not added.
     *
     * @param entities each pod followed by its containers
     */
    public static void overContainers(List<Entity> entities) {
        Samples pod = null;
        int own = 0;
        for (Entity entity : entities) {
            if (entity.type() == EntityType.POD) {
                pod = entity.samples();
                own = pod.size();
            } else if (entity.type() == EntityType.POD_CONTAINER && pod != null) {
                add(entity.samples(), pod, own, isPassing(entity));
            }
        }
    }

    /** Gives the node, which comes first, the sums of its pods' requests and limits; 0 without pods. */
    public static void overPods(List<Entity> entities) {
        if (entities.isEmpty() || entities.get(0).type() != EntityType.NODE) {
            return;
        }
        Samples node = entities.get(0).samples();
        for (Metric metric : OF_PODS) {
            long sum = 0;
            for (Entity entity : entities) {
                if (entity.type() == EntityType.POD) {
                    sum += entity.samples().longOr(metric, 0);
                }
            }
            node.set(metric, sum);
        }
    }

    /** @param own how many of the pod's samples are its own; the rest are sums so far */
    private static void add(Samples container, Samples pod, int own, boolean passing) {
        for (int i = 0; i < container.size(); i++) {
            int id = container.metricId(i);
            if (id < SUMMED.length && (!SUMMED[id] || (passing && RESERVED[id]))) {
                continue;
            }
            int at = indexOf(pod, id);
            if (at < 0) {
                pod.append(id, container.bits(i));
            } else if (at >= own) {
                pod.plus(at, container.bits(i));
            }
        }
    }

    private static boolean isPassing(Entity container) {
        String type = container.label(LabelKey.CONTAINER_TYPE);
        return type.equals("init") || type.equals("ephemeral");
    }

    private static int indexOf(Samples samples, int id) {
        for (int i = 0; i < samples.size(); i++) {
            if (samples.metricId(i) == id) {
                return i;
            }
        }
        return -1;
    }
}
