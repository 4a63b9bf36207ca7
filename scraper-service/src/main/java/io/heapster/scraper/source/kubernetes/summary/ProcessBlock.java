package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metrics;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** The block {@code process_stats}. */
final class ProcessBlock {
    private ProcessBlock() {}

    static void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.PROCESS_COUNT) {
                into.put(Metrics.PROCESS_COUNT, json.readLong());
            } else {
                json.skip();
            }
        }
    }
}
