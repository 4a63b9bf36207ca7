package io.heapster.scraper.derive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Heapster's test cases as data, and entities to try them on. */
final class Cases {
    private Cases() {}

    static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(Cases.class.getResourceAsStream("/cases/" + name))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Entity node(String name) {
        return new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, name));
    }

    static Entity pod(String namespace, String name) {
        return new Entity(
                EntityType.POD,
                Labels.of(LabelKey.NODENAME, "node1", LabelKey.NAMESPACE_NAME, namespace, LabelKey.POD_NAME, name));
    }

    static Entity container(String namespace, String pod, String name) {
        return new Entity(
                EntityType.POD_CONTAINER,
                Labels.of(
                        LabelKey.NODENAME,
                        "node1",
                        LabelKey.NAMESPACE_NAME,
                        namespace,
                        LabelKey.POD_NAME,
                        pod,
                        LabelKey.CONTAINER_NAME,
                        name));
    }

    static Entity find(List<Entity> entities, String key) {
        return entities.stream()
                .filter(entity -> entity.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in " + entities));
    }
}
