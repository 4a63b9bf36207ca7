package io.heapster.scraper.source.containerinfo;

import static io.heapster.scraper.source.decode.JsonCursor.ABSENT;

import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;

/** The block {@code network}: the sum over its interfaces, or, of a cAdvisor that lists none, the one it tells of. */
final class NetworkStats {
    private static final int RECEIVED = 0;
    private static final int RECEIVE_ERRORS = 1;
    private static final int SENT = 2;
    private static final int SEND_ERRORS = 3;

    private final long[] single = new long[4];
    private final long[] sums = new long[4];

    void clear() {
        for (int i = 0; i < sums.length; i++) {
            single[i] = ABSENT;
            sums[i] = ABSENT;
        }
    }

    long received() {
        return total(RECEIVED);
    }

    long receiveErrors() {
        return total(RECEIVE_ERRORS);
    }

    long sent() {
        return total(SENT);
    }

    long sendErrors() {
        return total(SEND_ERRORS);
    }

    private long total(int counter) {
        return sums[counter] == ABSENT ? single[counter] : sums[counter];
    }

    void read(JsonCursor json) throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            int counter = counter(field);
            if (counter >= 0) {
                single[counter] = json.readLong();
            } else if (field == Field.INTERFACES) {
                readInterfaces(json);
            } else {
                json.skip();
            }
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
        if (value != ABSENT) {
            long sum = sums[counter] == ABSENT ? value : sums[counter] + value;
            sums[counter] = sum < 0 ? Long.MAX_VALUE : sum;
        }
    }

    private static int counter(Field field) {
        return switch (field) {
            case BYTES_RECEIVED -> RECEIVED;
            case RECEIVE_ERRORS -> RECEIVE_ERRORS;
            case BYTES_SENT -> SENT;
            case SEND_ERRORS -> SEND_ERRORS;
            default -> -1;
        };
    }
}
