package io.heapster.scraper.source.kubernetes.summary;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;

/** Any of the blocks that tell of a file system: {@code fs}, {@code rootfs}, {@code logs}, one of {@code volume}. */
final class FilesystemBlock {
    private static final int METRICS = 5;

    private String name = "";
    private long used;
    private long capacity;
    private long available;
    private long inodes;
    private long inodesFree;

    /** Reads the block in place of the one before. */
    void read(JsonCursor json) throws MalformedJsonException {
        name = "";
        used = JsonCursor.ABSENT;
        capacity = JsonCursor.ABSENT;
        available = JsonCursor.ABSENT;
        inodes = JsonCursor.ABSENT;
        inodesFree = JsonCursor.ABSENT;
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case NAME -> name = json.readName();
                case USED_BYTES -> used = json.readLong();
                case CAPACITY_BYTES -> capacity = json.readLong();
                case AVAILABLE_BYTES -> available = json.readLong();
                case INODES -> inodes = json.readLong();
                case INODES_FREE -> inodesFree = json.readLong();
                default -> json.skip();
            }
        }
    }

    /** Name of a volume; empty for the others. */
    String name() {
        return name;
    }

    long used() {
        return used;
    }

    /** Adds what was read as samples of the resource; of a resource told twice the first counts. */
    void addTo(Measurement measurement, Labels resource) {
        if ((used & capacity & available & inodes & inodesFree) == JsonCursor.ABSENT) {
            return;
        }
        Samples samples = measurement.resource(resource);
        if (samples.isEmpty()) {
            samples.reserve(METRICS);
            add(samples, Metrics.FILESYSTEM_USAGE, used);
            add(samples, Metrics.FILESYSTEM_LIMIT, capacity);
            add(samples, Metrics.FILESYSTEM_AVAILABLE, available);
            add(samples, Metrics.FILESYSTEM_INODES, inodes);
            add(samples, Metrics.FILESYSTEM_INODES_FREE, inodesFree);
        }
    }

    private static void add(Samples samples, Metric metric, long value) {
        if (value != JsonCursor.ABSENT) {
            samples.append(metric.id(), value);
        }
    }
}
