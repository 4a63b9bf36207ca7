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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        Totals totals = new Totals();
        for (Entity entity : entities) {
            if (entity.type() == EntityType.POD) {
                totals.begin(entity.samples());
            } else if (entity.type() == EntityType.POD_CONTAINER) {
                totals.add(entity.samples(), isPassing(entity));
            }
        }
    }

    /** Gives the node, which comes first, the sums of its pods' requests and limits; 0 without pods. */
    public static void overPods(List<Entity> entities) {
        if (entities.isEmpty() || entities.get(0).type() != EntityType.NODE) {
            return;
        }
        long[] sums = new long[MetricCatalogue.idBound()];
        for (Entity entity : entities) {
            if (entity.type() == EntityType.POD) {
                Samples pod = entity.samples();
                for (int i = 0; i < pod.size(); i++) {
                    int id = pod.metricId(i);
                    if (id < RESERVED.length && RESERVED[id]) {
                        sums[id] += pod.longValue(i);
                    }
                }
            }
        }
        Samples node = entities.get(0).samples();
        for (Metric metric : OF_PODS) {
            node.set(metric, sums[metric.id()]);
        }
    }

    /** The samples of a pod, which become the sums of its containers' where it has none of its own. */
    private static final class Totals {
        /** By metric number: position in the pod's samples, and one more; 0 where it has none. */
        private final int[] positions = new int[MetricCatalogue.idBound()];

        private @Nullable Samples pod;
        /** How many of the pod's samples are its own; the rest are sums so far. */
        private int own;

        void begin(Samples samples) {
            pod = samples;
            own = samples.size();
            Arrays.fill(positions, 0);
            for (int i = 0; i < own; i++) {
                int id = samples.metricId(i);
                if (id < positions.length) {
                    positions[id] = i + 1;
                }
            }
        }

        void add(Samples container, boolean passing) {
            Samples to = pod;
            if (to == null) {
                return;
            }
            for (int i = 0; i < container.size(); i++) {
                int id = container.metricId(i);
                if (id >= positions.length) {
                    add(to, id, custom(to, id), container.bits(i));
                } else if (SUMMED[id] && !(passing && RESERVED[id])) {
                    int at = positions[id] - 1;
                    if (at < 0) {
                        positions[id] = to.size() + 1;
                    }
                    add(to, id, at, container.bits(i));
                }
            }
        }

        private void add(Samples to, int id, int at, long bits) {
            if (at < 0) {
                to.append(id, bits);
            } else if (at >= own) {
                to.plus(at, bits);
            }
        }

        private static int custom(Samples samples, int id) {
            for (int i = samples.size() - 1; i >= 0; i--) {
                if (samples.metricId(i) == id) {
                    return i;
                }
            }
            return -1;
        }
    }

    private static boolean isPassing(Entity container) {
        String type = container.label(LabelKey.CONTAINER_TYPE);
        return type.equals("init") || type.equals("ephemeral");
    }
}
