package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.heapster.deploy.KubernetesManifests.Kustomization;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file of the manifests is used, every one that is named is there, and no field is misspelt. */
class KubernetesFilesTest {
    /** For people to copy from, not to apply. */
    private static final Set<String> NOT_APPLIED = Set.of("prometheus-adapter.yaml");

    private static final Set<String> OF_OPERATORS =
            Set.of("Issuer", "Certificate", "PodMonitor", "PrometheusRule", "KafkaTopic");

    @Test
    void whatIsListedIsThereAndWhatIsThereIsListed() throws IOException {
        Set<Path> listed = new HashSet<>();
        for (Kustomization kustomization : KubernetesManifests.kustomizations()) {
            for (String key : List.of("resources", "components")) {
                for (String path : kustomization.paths(key)) {
                    Path file = kustomization.folder().resolve(path).normalize();
                    assertThat(Files.isDirectory(file) ? file.resolve("kustomization.yaml") : file)
                            .exists();
                    listed.add(file);
                }
            }
            kustomization.node().path("patches").forEach(patch -> {
                if (patch.has("path")) {
                    listed.add(kustomization.folder().resolve(patch.path("path").asText()));
                }
            });
            kustomization.node().path("configMapGenerator").forEach(map -> map.path("files")
                    .forEach(file -> listed.add(kustomization.folder().resolve(file.asText()))));
        }
        try (Stream<Path> files = Files.walk(KubernetesManifests.FOLDER)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml"))
                            .filter(file -> !file.endsWith("kustomization.yaml"))
                            .filter(file ->
                                    !NOT_APPLIED.contains(file.getFileName().toString())))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(listed).contains(file));
        }
    }

    @Test
    void thePageOfInstallingSaysWhatEveryOverlayAndComponentIsFor() throws IOException {
        String page = Files.readString(DeployFiles.DOCS.resolve("install-kubernetes.md"));
        for (String folder : List.of("overlays", "components")) {
            try (Stream<Path> parts = Files.list(KubernetesManifests.FOLDER.resolve(folder))) {
                assertThat(parts).isNotEmpty().allSatisfy(part -> assertThat(page)
                        .contains("| `" + part.getFileName() + "` | "));
            }
        }
    }

    @Test
    void noFieldIsUnknownToTheKubernetesOfToday() throws ReflectiveOperationException {
        KubernetesSerialization kubernetes = new KubernetesSerialization();
        for (JsonNode object : KubernetesManifests.objects()) {
            Object typed = kubernetes.unmarshal(object.toString());
            String name = object.path("kind").asText() + " " + KubernetesManifests.nameOf(object);
            if (typed instanceof GenericKubernetesResource) {
                assertThat(OF_OPERATORS).as(name).contains(object.path("kind").asText());
            } else {
                Set<String> unknown = new TreeSet<>();
                collectUnknown(typed, unknown);
                assertThat(unknown).as(name).isEmpty();
            }
        }
    }

    @Test
    void grafanaGetsEveryDashboardAndProvisioningFile() throws IOException {
        JsonNode generated = DeployFiles.yaml(DeployFiles.DEPLOY.resolve("grafana/kustomization.yaml"))
                .path("configMapGenerator");
        Set<String> listed = new TreeSet<>();
        generated.forEach(map -> listed.addAll(KubernetesManifests.texts(map.path("files"))));

        Path grafana = DeployFiles.DEPLOY.resolve("grafana");
        try (Stream<Path> files = Files.walk(grafana)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> grafana.relativize(file).toString())
                            .filter(file -> file.startsWith("dashboards/") || file.startsWith("provisioning/")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    private static void collectUnknown(Object value, Set<String> unknown) throws ReflectiveOperationException {
        if (value instanceof Collection<?> many) {
            for (Object one : many) {
                collectUnknown(one, unknown);
            }
        } else if (value instanceof Map<?, ?> map) {
            collectUnknown(map.values(), unknown);
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model.")) {
            for (Method getter : value.getClass().getMethods()) {
                if (getter.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) call(getter, value)).keySet().forEach(key -> unknown.add(String.valueOf(key)));
                } else if (getter.getName().startsWith("get")
                        && getter.getParameterCount() == 0
                        && !getter.getName().equals("getClass")) {
                    collectUnknown(call(getter, value), unknown);
                }
            }
        }
    }

    private static Object call(Method getter, Object value) throws IllegalAccessException, InvocationTargetException {
        return getter.invoke(value);
    }
}
