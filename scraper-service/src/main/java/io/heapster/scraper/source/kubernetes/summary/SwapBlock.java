package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metrics;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** The block {@code swap}. */
final class SwapBlock {
    private SwapBlock() {}

    static void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case SWAP_USAGE_BYTES -> into.put(Metrics.SWAP_USAGE, json.readLong());
                case SWAP_AVAILABLE_BYTES -> into.put(Metrics.SWAP_AVAILABLE, json.readLong());
                default -> json.skip();
            }
        }
    }
}
