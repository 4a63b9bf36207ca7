package io.heapster.scraper.source.kubernetes.resource;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;

/** What lines tell of one entity; of a figure told twice the last counts. */
final class Figures {
    private static final long ABSENT = -1;

    private long cpuNanos = ABSENT;
    private long workingSet = ABSENT;
    private long swap = ABSENT;
    private long startMillis;
    private long cpuMillis;
    private long memoryMillis;

    void put(Family.Quantity quantity, long value, long timeMillis) {
        switch (quantity) {
            case CPU -> {
                cpuNanos = value;
                cpuMillis = timeMillis;
            }
            case WORKING_SET -> {
                workingSet = value;
                memoryMillis = timeMillis;
            }
            case SWAP -> swap = value;
            case START -> startMillis = value;
        }
    }

    Entity toEntity(EntityType type, Labels labels, long answeredMillis) {
        Entity entity = new Entity(type, labels);
        entity.started(startMillis);
        entity.measured(cpuMillis != 0 ? cpuMillis : memoryMillis);
        Samples samples = entity.samples();
        long measured = entity.measuredMillis() == 0 ? answeredMillis : entity.measuredMillis();
        if (startMillis != 0 && measured >= startMillis) {
            samples.add(Metrics.UPTIME, measured - startMillis);
        }
        if (cpuNanos != ABSENT) {
            samples.add(Metrics.CPU_USAGE, cpuNanos);
        }
        if (workingSet != ABSENT) {
            samples.add(Metrics.MEMORY_WORKING_SET, workingSet);
        }
        if (swap != ABSENT) {
            samples.add(Metrics.SWAP_USAGE, swap);
        }
        return entity;
    }
}
