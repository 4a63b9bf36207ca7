package io.heapster.simulator.recorded;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heapster.simulator.apiserver.ApiObject;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** An object as it was recorded; only its resource version is the serving API server's. */
record RecordedObject(JsonNode json) implements ApiObject.Body {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static ApiObject of(JsonNode json) {
        Map<String, String> labels = new TreeMap<>();
        json.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new ApiObject(
                json.path("metadata").path("namespace").asText(),
                json.path("metadata").path("name").asText(),
                labels,
                Map.of(
                        "spec.nodeName", json.path("spec").path("nodeName").asText(),
                        "status.phase", json.path("status").path("phase").asText()),
                new RecordedObject(json));
    }

    @Override
    public void writeFields(JsonGenerator generator, String resourceVersion) throws IOException {
        ObjectNode copy = json.deepCopy();
        ((ObjectNode) copy.get("metadata")).put("resourceVersion", resourceVersion);
        for (Map.Entry<String, JsonNode> field : copy.properties()) {
            generator.writeFieldName(field.getKey());
            MAPPER.writeTree(generator, field.getValue());
        }
    }
}
