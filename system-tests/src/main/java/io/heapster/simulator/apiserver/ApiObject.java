package io.heapster.simulator.apiserver;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * An object as the API server knows it; immutable.
 *
 * @param namespace its namespace, empty for objects without
 * @param name its name
 * @param labels what label selectors ask for
 * @param fields what field selectors ask for, beside {@code metadata.name} and {@code metadata.namespace}
 * @param body writes the fields of its JSON object beside kind and apiVersion
 */
public record ApiObject(
        String namespace, String name, Map<String, String> labels, Map<String, String> fields, Body body) {

    /** The object's JSON. */
    @FunctionalInterface
    public interface Body {
        /** Writes {@code metadata} with this resource version, {@code spec}, {@code status} and so on. */
        void writeFields(JsonGenerator json, String resourceVersion) throws IOException;
    }

    String key() {
        return namespace + "/" + name;
    }

    String field(String path) {
        return switch (path) {
            case "metadata.name" -> name;
            case "metadata.namespace" -> namespace;
            default -> fields.getOrDefault(path, "");
        };
    }
}
