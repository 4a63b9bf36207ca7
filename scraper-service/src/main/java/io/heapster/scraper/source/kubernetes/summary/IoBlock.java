package io.heapster.scraper.source.kubernetes.summary;

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
