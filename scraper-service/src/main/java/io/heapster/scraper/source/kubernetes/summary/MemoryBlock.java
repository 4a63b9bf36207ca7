package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metrics;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** The block {@code memory}. */
final class MemoryBlock {
    private MemoryBlock() {}

    static void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case TIME -> into.memoryAt(json.readTime());
                case USAGE_BYTES -> into.put(Metrics.MEMORY_USAGE, json.readLong());
                case WORKING_SET_BYTES -> into.put(Metrics.MEMORY_WORKING_SET, json.readLong());
                case RSS_BYTES -> into.put(Metrics.MEMORY_RSS, json.readLong());
                case AVAILABLE_BYTES -> into.put(Metrics.MEMORY_AVAILABLE, json.readLong());
                case PAGE_FAULTS -> into.put(Metrics.MEMORY_PAGE_FAULTS, json.readLong());
                case MAJOR_PAGE_FAULTS -> into.put(Metrics.MEMORY_MAJOR_PAGE_FAULTS, json.readLong());
                case PSI -> Pressure.MEMORY.read(json, into);
                default -> json.skip();
            }
        }
    }
}
