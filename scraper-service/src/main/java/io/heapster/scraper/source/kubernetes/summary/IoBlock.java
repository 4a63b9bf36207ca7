package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** The block {@code io}, which has nothing but pressure. */
final class IoBlock {
    private IoBlock() {}

    static void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.PSI) {
                Pressure.IO.read(json, into);
            } else {
                json.skip();
            }
        }
    }
}
