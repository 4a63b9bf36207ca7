package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metrics;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** The block {@code cpu}. Its {@code usageNanoCores} is a rate over a window nobody tells, so it is not used. */
final class CpuBlock {
    private CpuBlock() {}

    static void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case TIME -> into.cpuAt(json.readTime());
                case USAGE_CORE_NANO_SECONDS -> into.put(Metrics.CPU_USAGE, json.readLong());
                case PSI -> Pressure.CPU.read(json, into);
                default -> json.skip();
            }
        }
    }
}
