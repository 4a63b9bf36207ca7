package io.heapster.model.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What the reading of the log tells about itself. */
public final class IngestMetrics {
    private final Counter undecodable;
    private final AtomicLong lag = new AtomicLong();

    public IngestMetrics(MeterRegistry registry) {
        undecodable = Counter.builder("heapster.model.undecodable.records")
                .description("Records that were no sample batch and were passed over")
                .register(registry);
        registry.gauge("heapster.model.lag.records", lag);
    }

    void undecodable() {
        undecodable.increment();
    }

    void lag(long records) {
        lag.set(records);
    }
}
