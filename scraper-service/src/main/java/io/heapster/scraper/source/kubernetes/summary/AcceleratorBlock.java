package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** The block {@code accelerators} of a container. */
final class AcceleratorBlock {
    private AcceleratorBlock() {}

    static void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            readOne(json, into);
        }
    }

    private static void readOne(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        String make = "";
        String model = "";
        String id = "";
        long total = JsonCursor.ABSENT;
        long used = JsonCursor.ABSENT;
        long dutyCycle = JsonCursor.ABSENT;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case MAKE -> make = json.readName();
                case MODEL -> model = json.readName();
                case ID -> id = json.readName();
                case MEMORY_TOTAL -> total = json.readLong();
                case MEMORY_USED -> used = json.readLong();
                case DUTY_CYCLE -> dutyCycle = json.readLong();
                default -> json.skip();
            }
        }
        Labels labels = Labels.of(LabelKey.MAKE, make, LabelKey.MODEL, model, LabelKey.ACCELERATOR_ID, id);
        if (labels.size() == 0 || (total & used & dutyCycle) == JsonCursor.ABSENT) {
            return;
        }
        Samples samples = into.resource(labels);
        if (samples.isEmpty()) {
            add(samples, Metrics.ACCELERATOR_MEMORY_TOTAL, total);
            add(samples, Metrics.ACCELERATOR_MEMORY_USED, used);
            add(samples, Metrics.ACCELERATOR_DUTY_CYCLE, dutyCycle);
        }
    }

    private static void add(Samples samples, Metric metric, long value) {
        if (value != JsonCursor.ABSENT) {
            samples.append(metric.id(), value);
        }
    }
}
