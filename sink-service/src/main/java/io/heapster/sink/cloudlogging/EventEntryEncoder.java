package io.heapster.sink.cloudlogging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.MonitoredResource;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.sink.googlecloud.MonitoredResources;
import org.jspecify.annotations.Nullable;

/** A Kubernetes event as one log entry, the event object being its payload. */
final class EventEntryEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String logName;
    private final MonitoredResources resources;

    EventEntryEncoder(String logName, MonitoredResources resources) {
        this.logName = logName;
        this.resources = resources;
    }

    /** Null if the event's JSON is no object. */
    @Nullable
    LogEntry encode(EventRecord event) {
        JsonNode json;
        try {
            json = JSON.readTree(event.json());
        } catch (JsonProcessingException e) {
            return null;
        }
        if (json == null || !json.isObject()) {
            return null;
        }
        return LogEntry.newBuilder()
                .setLogName(logName)
                .setResource(resource(event))
                .setTimestamp(Timestamp.newBuilder()
                        .setSeconds(Math.floorDiv(event.lastMillis(), 1_000L))
                        .setNanos((int) Math.floorMod(event.lastMillis(), 1_000L) * 1_000_000))
                .setSeverity(LogSeverity.NOTICE)
                // One version of an event: Google keeps one of two writes, and an event that happens again is another.
                .setInsertId(event.uid() + "-" + event.resourceVersion())
                .putLabels(LabelKey.CLUSTER_NAME, resources.clusterName(event.cluster()))
                .setJsonPayload(struct(json))
                .build();
    }

    private MonitoredResource resource(EventRecord event) {
        String name = event.involved().name();
        return switch (event.involved().kind()) {
            case "Pod" ->
                resources.of(
                        event.cluster(),
                        EntityType.POD,
                        Labels.of(LabelKey.NAMESPACE_NAME, event.involved().namespace(), LabelKey.POD_NAME, name));
            case "Node" -> resources.of(event.cluster(), EntityType.NODE, Labels.of(LabelKey.NODENAME, name));
            default -> resources.of(event.cluster(), EntityType.CLUSTER, Labels.EMPTY);
        };
    }

    private static Struct struct(JsonNode object) {
        Struct.Builder struct = Struct.newBuilder();
        object.properties().forEach(field -> struct.putFields(field.getKey(), value(field.getValue())));
        return struct.build();
    }

    private static Value value(JsonNode json) {
        Value.Builder value = Value.newBuilder();
        switch (json.getNodeType()) {
            case OBJECT -> value.setStructValue(struct(json));
            case ARRAY -> {
                ListValue.Builder list = ListValue.newBuilder();
                json.forEach(item -> list.addValues(value(item)));
                value.setListValue(list);
            }
            case BOOLEAN -> value.setBoolValue(json.booleanValue());
            case NUMBER -> value.setNumberValue(json.doubleValue());
            case STRING -> value.setStringValue(json.textValue());
            default -> value.setNullValue(NullValue.NULL_VALUE);
        }
        return value.build();
    }
}
