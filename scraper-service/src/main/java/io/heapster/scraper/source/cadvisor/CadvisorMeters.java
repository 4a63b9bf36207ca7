package io.heapster.scraper.source.cadvisor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/** Self-metrics of one cAdvisor source. */
final class CadvisorMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter bodiesOverLimit;
    private final Counter failedLooks;
    private final Counter rejectedHosts;
    private final Counter capacitiesUnknown;

    CadvisorMeters(MeterRegistry registry, String cluster, String discovery) {
        this.registry = registry;
        this.tags = Tags.of("cluster", cluster, "discovery", discovery);
        bodiesOverLimit = Counter.builder("heapster.cadvisor.bodies.over.limit")
                .description("Answers of cAdvisors that were cut off for their length")
                .tags(tags)
                .register(registry);
        failedLooks = Counter.builder("heapster.cadvisor.discovery.failures")
                .description("Looks for machines that failed; those known before stayed")
                .tags(tags)
                .register(registry);
        rejectedHosts = Counter.builder("heapster.cadvisor.hosts.rejected")
                .description("Entries for machines that could not be used")
                .tags(tags)
                .register(registry);
        capacitiesUnknown = Counter.builder("heapster.cadvisor.capacities.unknown")
                .description("Questions for a machine's processors and memory that were not answered")
                .tags(tags)
                .register(registry);
    }

    /**
     * @param hosts how many machines are known
     * @param readBy how many of them are read by a version of the API
     */
    void watch(IntSupplier hosts, ToIntFunction<CadvisorApi> readBy) {
        Gauge.builder("heapster.cadvisor.hosts", hosts::getAsInt)
                .description("Machines that are known")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        for (CadvisorApi api : CadvisorApi.values()) {
            Gauge.builder("heapster.cadvisor.apis", () -> readBy.applyAsInt(api))
                    .description("Machines that are read by the version of cAdvisor's API")
                    .tags(tags)
                    .tag("version", api.text())
                    .strongReference(true)
                    .register(registry);
        }
    }

    void bodyOverLimit() {
        bodiesOverLimit.increment();
    }

    void capacityUnknown() {
        capacitiesUnknown.increment();
    }

    void lookFailed() {
        failedLooks.increment();
    }

    void hostsRejected(int count) {
        rejectedHosts.increment(count);
    }
}
