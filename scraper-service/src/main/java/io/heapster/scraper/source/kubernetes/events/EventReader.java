package io.heapster.scraper.source.kubernetes.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.EventRecord.InvolvedObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of an event object, of the old form ({@code firstTimestamp}, {@code count}, {@code source}) or the new
 * one ({@code eventTime}, {@code series}, {@code reportingComponent}).
 */
record EventReader(String cluster, int mostJsonBytes) {
    /** Annotation that stands in a reduced JSON. */
    private static final String REDUCED = "heapster.io/reduced";

    private static final int MOST_MESSAGE = 4_096;
    private static final int MOST_TEXT = 1_024;

    /** @throws MalformedObjectException if it has no UID, version or time */
    EventRecord read(GenericKubernetesResource event) throws MalformedObjectException {
        ObjectMeta metadata = event.getMetadata();
        if (metadata == null || orEmpty(metadata.getUid()).isEmpty()) {
            throw new MalformedObjectException("an event without a UID");
        }
        long last = firstTime(
                event.get("lastTimestamp"),
                event.get("series", "lastObservedTime"),
                event.get("eventTime"),
                event.get("firstTimestamp"),
                metadata.getCreationTimestamp());
        if (last == 0) {
            throw new MalformedObjectException("an event without a time");
        }
        EventRecord record = new EventRecord(
                cluster,
                metadata.getUid(),
                version(metadata),
                orEmpty(metadata.getNamespace()),
                orEmpty(metadata.getName()),
                new InvolvedObject(
                        text(event.get("involvedObject", "kind")),
                        text(event.get("involvedObject", "namespace")),
                        text(event.get("involvedObject", "name")),
                        text(event.get("involvedObject", "uid"))),
                text(event.get("type")),
                text(event.get("reason")),
                text(event.get("message")),
                firstText(event.get("source", "component"), event.get("reportingComponent")),
                text(event.get("source", "host")),
                firstTime(event.get("firstTimestamp"), event.get("eventTime"), metadata.getCreationTimestamp()),
                last,
                count(event),
                json(event),
                0);
        int bytes = record.json().getBytes(UTF_8).length;
        return bytes <= mostJsonBytes ? record : reduced(record, bytes);
    }

    /**
     * The version of an object, which grows with every change in its cluster.
     *
     * @throws MalformedObjectException if there is none, or one that has no order
     */
    static long version(ObjectMeta metadata) throws MalformedObjectException {
        try {
            long version = Long.parseLong(orEmpty(metadata.getResourceVersion()));
            if (version > 0) {
                return version;
            }
        } catch (NumberFormatException e) {
            // falls through: the same as none
        }
        throw new MalformedObjectException("a resourceVersion that is no number: " + metadata.getResourceVersion());
    }

    private static String json(GenericKubernetesResource event) {
        event.setApiVersion("v1");
        event.setKind("Event");
        event.getMetadata().setManagedFields(List.of());
        return Serialization.asJson(event);
    }

    private static int count(GenericKubernetesResource event) {
        for (Object value : new Object[] {event.get("count"), event.get("series", "count")}) {
            if (value instanceof Number number && number.longValue() > 0) {
                return (int) Math.min(Integer.MAX_VALUE, number.longValue());
            }
        }
        return 1;
    }

    private static EventRecord reduced(EventRecord full, int bytes) {
        InvolvedObject about = new InvolvedObject(
                cut(full.involved().kind(), MOST_TEXT),
                cut(full.involved().namespace(), MOST_TEXT),
                cut(full.involved().name(), MOST_TEXT),
                cut(full.involved().uid(), MOST_TEXT));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", cut(full.name(), MOST_TEXT));
        metadata.put("namespace", cut(full.namespace(), MOST_TEXT));
        metadata.put("uid", full.uid());
        metadata.put("resourceVersion", Long.toString(full.resourceVersion()));
        metadata.put("annotations", Map.of(REDUCED, "of " + bytes + " bytes only the most important fields"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("apiVersion", "v1");
        json.put("kind", "Event");
        json.put("metadata", metadata);
        json.put("involvedObject", involved(about));
        json.put("reason", cut(full.reason(), MOST_TEXT));
        json.put("message", cut(full.message(), MOST_MESSAGE));
        json.put("source", source(full));
        json.put("firstTimestamp", Instant.ofEpochMilli(full.firstMillis()).toString());
        json.put("lastTimestamp", Instant.ofEpochMilli(full.lastMillis()).toString());
        json.put("count", full.count());
        json.put("type", cut(full.type(), MOST_TEXT));
        return new EventRecord(
                full.cluster(),
                full.uid(),
                full.resourceVersion(),
                cut(full.namespace(), MOST_TEXT),
                cut(full.name(), MOST_TEXT),
                about,
                cut(full.type(), MOST_TEXT),
                cut(full.reason(), MOST_TEXT),
                cut(full.message(), MOST_MESSAGE),
                cut(full.component(), MOST_TEXT),
                cut(full.host(), MOST_TEXT),
                full.firstMillis(),
                full.lastMillis(),
                full.count(),
                Serialization.asJson(json),
                bytes);
    }

    private static Map<String, String> involved(InvolvedObject about) {
        Map<String, String> involved = new LinkedHashMap<>();
        involved.put("kind", about.kind());
        involved.put("namespace", about.namespace());
        involved.put("name", about.name());
        involved.put("uid", about.uid());
        return involved;
    }

    private static Map<String, String> source(EventRecord event) {
        Map<String, String> source = new LinkedHashMap<>();
        source.put("component", cut(event.component(), MOST_TEXT));
        source.put("host", cut(event.host(), MOST_TEXT));
        return source;
    }

    /** At most so many characters, and no half of one. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    private static String firstText(@Nullable Object... values) {
        for (Object value : values) {
            if (!text(value).isEmpty()) {
                return text(value);
            }
        }
        return "";
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Milliseconds since 1970 of the first that is a time; 0 when none is. */
    private static long firstTime(@Nullable Object... values) {
        for (Object value : values) {
            if (!text(value).isEmpty()) {
                try {
                    return Instant.parse(text(value)).toEpochMilli();
                } catch (DateTimeParseException | ArithmeticException e) {
                    // the next one may be a time
                }
            }
        }
        return 0;
    }
}
