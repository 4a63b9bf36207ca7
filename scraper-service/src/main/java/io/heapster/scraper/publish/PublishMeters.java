package io.heapster.scraper.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Self-metrics of the way to Kafka. */
final class PublishMeters {
    private static final String DROPPED = "heapster.samples.dropped";

    final Counter acknowledged;
    final Counter retried;
    final Counter failed;
    final Counter droppedQueueFull;
    final Counter droppedTooLarge;
    final Counter droppedShutdown;

    PublishMeters(MeterRegistry meters, Outbox outbox, Pending pending, PublishLimits limits) {
        acknowledged = records(meters, "acknowledged");
        retried = records(meters, "retried");
        failed = records(meters, "failed");
        droppedQueueFull = dropped(meters, "queue_full");
        droppedTooLarge = dropped(meters, "record_too_large");
        droppedShutdown = dropped(meters, "shutdown");
        Gauge.builder("heapster.publish.queue.records", outbox, Outbox::size)
                .description("Records waiting for Kafka")
                .register(meters);
        Gauge.builder("heapster.publish.queue.size", outbox, Outbox::bytes)
                .description("Bytes of records waiting for Kafka")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("heapster.publish.queue.limit", limits, PublishLimits::queueBytes)
                .description("Bytes of records that may wait for Kafka; beyond, the oldest are dropped")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("heapster.publish.pending.records", pending, Pending::all)
                .description("Records that Kafka has not acknowledged yet, waiting ones included")
                .register(meters);
    }

    private static Counter records(MeterRegistry meters, String result) {
        return Counter.builder("heapster.publish.records")
                .description("Records by what became of sending them; a retried one is sent again")
                .tag("result", result)
                .register(meters);
    }

    private static Counter dropped(MeterRegistry meters, String reason) {
        return Counter.builder(DROPPED)
                .description("Samples that were lost on the way")
                .tag("stage", "publish")
                .tag("reason", reason)
                .register(meters);
    }
}
