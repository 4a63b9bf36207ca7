package io.heapster.model;

import io.heapster.contract.sample.EntityType;
import io.heapster.model.store.RejectionReason;
import io.heapster.model.store.Rejections;
import io.heapster.model.store.SampleStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** What the model tells about itself. */
final class ModelMetrics implements Rejections {
    private final MeterRegistry registry;
    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);
    private final Counter rejectedLabels;
    private final Counter lateSums;

    ModelMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (RejectionReason reason : RejectionReason.values()) {
            rejected.put(
                    reason,
                    Counter.builder("heapster.model.rejected.points")
                            .description("Points that were not taken into the model")
                            .tag("reason", reason.label())
                            .register(registry));
        }
        rejectedLabels = Counter.builder("heapster.model.rejected.labels")
                .description("Labels left out or cut off because of a limit")
                .register(registry);
        lateSums = Counter.builder("heapster.model.late.sums")
                .description("Ticks whose sums were not made or renewed because their samples are merged already")
                .register(registry);
    }

    void observe(SampleStore store) {
        for (EntityType type : EntityType.values()) {
            Gauge.builder("heapster.model.entities", store, counted -> counted.census()
                            .entities(type))
                    .description("Entities in the model")
                    .tag("type", type.label())
                    .register(registry);
        }
        Gauge.builder("heapster.model.points", store, counted -> counted.census()
                        .points())
                .description("Values of all metrics at all ticks in the model")
                .register(registry);
        Gauge.builder("heapster.model.bytes", store, counted -> counted.census().bytes())
                .description("Memory of the model's rows and entities, labels not counted")
                .register(registry);
        Gauge.builder("heapster.model.last.batch.timestamp.seconds", store, ModelMetrics::newestSeconds)
                .description("Newest tick in the model, seconds since 1970; 0 when there is none")
                .register(registry);
    }

    void sumsTooLate() {
        lateSums.increment();
    }

    private static double newestSeconds(SampleStore store) {
        return Math.max(0, store.newestTick()) / 1e3;
    }

    @Override
    public void points(RejectionReason reason, int count) {
        Counter counter = rejected.get(reason);
        if (counter != null) {
            counter.increment(count);
        }
    }

    @Override
    public void labels(int count) {
        rejectedLabels.increment(count);
    }
}
