package io.heapster.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The folder deploy/kubernetes as it is written: kustomizations, the objects they list, the patches they make. */
final class KubernetesManifests {
    static final Path FOLDER = DeployFiles.DEPLOY.resolve("kubernetes");

    private static final ObjectMapper JSON = new ObjectMapper();

    private KubernetesManifests() {}

    /** @param target whom it changes; empty where the patch itself says that */
    record Patch(Path folder, JsonNode target, JsonNode content) {
        boolean isFor(String kind, String name) {
            return target.path("kind").asText().equals(kind)
                    && (target.path("name").asText().equals(name)
                            || target.path("name").isMissingNode());
        }
    }

    record Kustomization(Path folder, JsonNode node) {
        String name() {
            return folder.getFileName().toString();
        }

        List<String> paths(String key) {
            return texts(node.path(key));
        }

        /** The objects in files that it lists itself. */
        List<JsonNode> objects() {
            return paths("resources").stream()
                    .filter(path -> path.endsWith(".yaml"))
                    .flatMap(path -> documents(folder.resolve(path)).stream())
                    .toList();
        }

        List<Patch> patches() {
            List<Patch> patches = new ArrayList<>();
            node.path("patches").forEach(patch -> {
                JsonNode content = patch.has("path")
                        ? documents(folder.resolve(patch.path("path").asText())).get(0)
                        : JSON.valueToTree(new Yaml().load(patch.path("patch").asText()));
                patches.add(new Patch(folder, patch.path("target"), content));
            });
            return patches;
        }

        /** What it adds to the config map heapster-settings, as NAME=value. */
        List<String> settings() {
            return StreamSupport.stream(node.path("configMapGenerator").spliterator(), false)
                    .filter(map -> map.path("name").asText().equals("heapster-settings"))
                    .flatMap(map -> texts(map.path("literals")).stream())
                    .toList();
        }
    }

    static List<Kustomization> kustomizations() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(folder -> Files.exists(folder.resolve("kustomization.yaml")))
                    .sorted()
                    .map(folder -> new Kustomization(
                            folder,
                            documents(folder.resolve("kustomization.yaml")).get(0)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> objects() {
        return kustomizations().stream()
                .flatMap(kustomization -> kustomization.objects().stream())
                .toList();
    }

    static List<JsonNode> objects(String kind) {
        return objects().stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    static JsonNode object(String kind, String name) {
        return objects(kind).stream()
                .filter(object -> nameOf(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    static List<Patch> patches() {
        return kustomizations().stream()
                .flatMap(kustomization -> kustomization.patches().stream())
                .toList();
    }

    static Kustomization kustomization(String folder) {
        return kustomizations().stream()
                .filter(kustomization -> kustomization.folder().equals(FOLDER.resolve(folder)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + folder));
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static List<JsonNode> documents(Path file) {
        try {
            List<JsonNode> documents = new ArrayList<>();
            new Yaml().loadAll(Files.readString(file)).forEach(document -> documents.add(JSON.valueToTree(document)));
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
