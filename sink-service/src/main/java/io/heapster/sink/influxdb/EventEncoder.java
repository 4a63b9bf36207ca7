package io.heapster.sink.influxdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.LabelKey;
import io.heapster.sink.influxdb.LabelPlacement.Placed;
import io.heapster.sink.spi.TextBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes events as lines, as Heapster named them: measurement {@code log/events} with the JSON as {@code value}, or,
 * with fields, {@code events} with the {@code message}. Timestamps are nanoseconds. For one thread.
 */
final class EventEncoder {
    private static final String UID = "uid";
    private static final long SECOND = 1_000_000_000L;

    private final LabelPlacement placement;
    private final String cluster;
    private final boolean withFields;
    private final byte[] measurement;
    private final String field;
    private final TextBuffer lines = new TextBuffer(1 << 16);

    EventEncoder(InfluxDbOptions options) {
        this.placement = options.placement();
        this.cluster = options.clusterName();
        this.withFields = options.schema() == Schema.V1_WITH_FIELDS;
        this.measurement = LineProtocol.measurement(withFields ? "events" : "log/events");
        this.field = withFields ? "message" : "value";
    }

    /** One line an event; replaces what was encoded before. */
    TextBuffer encode(List<EventRecord> events) {
        lines.truncate(0);
        for (EventRecord event : events) {
            Placed placed = placement.placeOfEvent(labels(event));
            NavigableMap<String, String> text = new TreeMap<>();
            text.put(field, withFields ? event.message() : event.json());
            placed.fields().forEach(text::putIfAbsent);
            byte[] fields = LineProtocol.textFields(text);
            fields[0] = ' ';
            lines.append(measurement)
                    .append(LineProtocol.tags(placed.tags()))
                    .append(fields)
                    .append(' ')
                    .append(nanos(event, placed.tags().containsKey(UID)))
                    .append('\n');
        }
        return lines;
    }

    private SortedMap<String, String> labels(EventRecord event) {
        boolean isPod = event.involved().kind().equals("Pod");
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(UID, event.uid());
        labels.put(LabelKey.POD_ID, isPod ? event.involved().uid() : "");
        labels.put(LabelKey.HOSTNAME, event.host());
        labels.put(LabelKey.CLUSTER_NAME, cluster.isEmpty() ? event.cluster() : cluster);
        if (withFields) {
            labels.put("object_name", event.involved().name());
            labels.put("type", event.type());
            labels.put("kind", event.involved().kind());
            labels.put("component", event.component());
            labels.put("reason", event.reason());
            labels.put(LabelKey.NAMESPACE_NAME, event.namespace());
        } else {
            labels.put(LabelKey.POD_NAME, isPod ? event.involved().name() : "");
        }
        return labels;
    }

    /**
     * When it happened last. Kubernetes counts in seconds: where no tag tells two events of one second apart, what stands
     * behind the second does, the same for the same event.
     */
    private static long nanos(EventRecord event, boolean toldApart) {
        long nanos = event.lastMillis() * 1_000_000;
        if (toldApart) {
            return nanos;
        }
        long room = event.lastMillis() % 1_000 == 0 ? SECOND : 1_000_000;
        long hash = event.resourceVersion();
        for (byte b : event.uid().getBytes(UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return nanos + Math.floorMod(hash ^ (hash >>> 32), room);
    }
}
