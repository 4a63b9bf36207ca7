package io.heapster.model.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What the reading of the log tells about itself. */
public final class IngestMetrics {
    private final Counter records;
    private final Counter samples;
    private final Counter bytes;
    private final Counter outdated;
    private final Counter undecodable;
    private final AtomicLong lag = new AtomicLong();

    public IngestMetrics(MeterRegistry registry) {
        records = counter(registry, "heapster.model.read.records", "Records read from the log");
        samples = counter(registry, "heapster.model.read.samples", "Values in the records read from the log");
        bytes = counter(
                registry, "heapster.model.read.bytes", "Bytes of the records read from the log, not compressed");
        outdated = counter(
                registry, "heapster.model.outdated.records", "Records passed over because they had left the window");
        undecodable = Counter.builder("heapster.model.undecodable.records")
                .description("Records that were no sample batch and were passed over")
                .register(registry);
        Gauge.builder("heapster.model.lag.records", lag, AtomicLong::get)
                .description("Records in the log that were not read yet")
                .strongReference(true)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Some records were read, with so many values and bytes in them. */
    void read(long recordCount, long sampleCount, long byteCount) {
        records.increment((double) recordCount);
        samples.increment((double) sampleCount);
        bytes.increment((double) byteCount);
    }

    void outdated(int recordCount) {
        outdated.increment(recordCount);
    }

    void undecodable() {
        undecodable.increment();
    }

    void lag(long records) {
        lag.set(records);
    }
}
