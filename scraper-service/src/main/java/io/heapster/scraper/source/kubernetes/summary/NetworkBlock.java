package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/**
 * The block {@code network}. The kubelet puts the figures of the default interface on top; a counter that is not there
 * is the sum over the interfaces that have it.
 */
final class NetworkBlock {
    private static final Metric[] METRICS = {
        Metrics.NETWORK_RX, Metrics.NETWORK_RX_ERRORS, Metrics.NETWORK_TX, Metrics.NETWORK_TX_ERRORS
    };

    private final long[] byDefault = new long[METRICS.length];
    private final long[] sums = new long[METRICS.length];

    void read(JsonCursor json, Measurement into) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (int i = 0; i < METRICS.length; i++) {
            byDefault[i] = JsonCursor.ABSENT;
            sums[i] = JsonCursor.ABSENT;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            int counter = counter(field);
            if (counter >= 0) {
                byDefault[counter] = json.readLong();
            } else if (field == Field.TIME) {
                into.networkAt(json.readTime());
            } else if (field == Field.INTERFACES) {
                readInterfaces(json);
            } else {
                json.skip();
            }
        }
        for (int i = 0; i < METRICS.length; i++) {
            into.put(METRICS[i], byDefault[i] != JsonCursor.ABSENT ? byDefault[i] : sums[i]);
        }
    }

    private void readInterfaces(JsonCursor json) throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            if (!json.beginObject()) {
                continue;
            }
            for (Field field = json.nextField(); field != null; field = json.nextField()) {
                int counter = counter(field);
                if (counter >= 0) {
                    add(counter, json.readLong());
                } else {
                    json.skip();
                }
            }
        }
    }

    /** Counters wrap where the kernel's do not, so a sum past 2⁶³ is held at its end. */
    private void add(int counter, long value) {
        if (value != JsonCursor.ABSENT) {
            long sum = sums[counter] == JsonCursor.ABSENT ? value : sums[counter] + value;
            sums[counter] = sum < 0 ? Long.MAX_VALUE : sum;
        }
    }

    private static int counter(Field field) {
        return switch (field) {
            case RX_BYTES -> 0;
            case RX_ERRORS -> 1;
            case TX_BYTES -> 2;
            case TX_ERRORS -> 3;
            default -> -1;
        };
    }
}
