package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** The block {@code psi} inside the block of the resource that tasks wait for. */
final class Pressure {
    static final Pressure CPU = new Pressure(
            Metrics.CPU_PSI_SOME, Metrics.CPU_PSI_SOME_AVG10, Metrics.CPU_PSI_FULL, Metrics.CPU_PSI_FULL_AVG10);
    static final Pressure MEMORY = new Pressure(
            Metrics.MEMORY_PSI_SOME,
            Metrics.MEMORY_PSI_SOME_AVG10,
            Metrics.MEMORY_PSI_FULL,
            Metrics.MEMORY_PSI_FULL_AVG10);
    static final Pressure IO = new Pressure(
            Metrics.IO_PSI_SOME, Metrics.IO_PSI_SOME_AVG10, Metrics.IO_PSI_FULL, Metrics.IO_PSI_FULL_AVG10);

    private final Metric some;
    private final Metric someAvg10;
    private final Metric full;
    private final Metric fullAvg10;

    private Pressure(Metric some, Metric someAvg10, Metric full, Metric fullAvg10) {
        this.some = some;
        this.someAvg10 = someAvg10;
        this.full = full;
        this.fullAvg10 = fullAvg10;
    }

    void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case SOME -> readShare(json, into, some, someAvg10);
                case FULL -> readShare(json, into, full, fullAvg10);
                default -> json.skip();
            }
        }
    }

    private static void readShare(JsonCursor json, Measurement into, Metric total, Metric avg10)
            throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case TOTAL -> into.put(total, json.readLong());
                case AVG10 -> into.put(avg10, json.readDouble());
                default -> json.skip();
            }
        }
    }
}
