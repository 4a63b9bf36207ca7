package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.deploy.KubernetesManifests.Kustomization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/security.md lists exactly the rights that the manifests give; on a real API server system-tests/real-kubernetes says so. */
class KubernetesRightsTest {
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| `([a-z-]+)` \\| `?([a-z-]+)`? \\| `([a-z0-9./]+)`(?: named `([a-z-]+)`)? \\| ([a-z, ]+) \\|");

    /** Folder → how the page calls where a right comes from. */
    private static final Map<String, String> GIVEN_BY = Map.of(
            "scraper",
            "base",
            "metrics-api",
            "metrics-api",
            "source-kubernetes",
            "source-kubernetes",
            "virtual-kubelets",
            "virtual-kubelets");

    @Test
    void thePageListsEveryRightAndNoOther() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(DeployFiles.DOCS.resolve("security.md")));
        while (rows.find()) {
            for (String verb : rows.group(5).split(", ", -1)) {
                String named = rows.group(4) == null ? "" : rows.group(4);
                documented.add(String.join(" ", rows.group(1), rows.group(2), rows.group(3), named, verb));
            }
        }

        assertThat(documented).isNotEmpty().isEqualTo(given());
    }

    @Test
    void noRightIsAWildcardOrOpensANodeOrASecret() {
        assertThat(given()).isNotEmpty().allSatisfy(right -> assertThat(right)
                .doesNotContain("*", "nodes/proxy", "secrets", "impersonate", "escalate", "bind"));
    }

    @Test
    void everyBindingIsOfAnAccountOfOursToItsOwnRole() {
        for (JsonNode binding : KubernetesManifests.objects("ClusterRoleBinding")) {
            String name = KubernetesManifests.nameOf(binding);
            assertThat(binding.at("/roleRef/name").asText()).isEqualTo(name);
            assertThat(binding.path("subjects")).hasSize(1);
            assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(name);
            assertThat(KubernetesManifests.object("ServiceAccount", name)).isNotNull();
        }
        assertThat(KubernetesManifests.objects("RoleBinding")).isEmpty();
    }

    @Test
    void onlyAccountsWithRightsHaveATokenInTheirPods() {
        assertThat(mounted("heapster-scraper")).isTrue();
        assertThat(mounted("heapster-model")).isFalse();
        assertThat(mounted("heapster-sink")).isFalse();
        KubernetesManifests.objects("ServiceAccount").forEach(account -> assertThat(
                        account.path("automountServiceAccountToken").asBoolean(true))
                .isFalse());
        assertThat(KubernetesManifests.kustomization("components/metrics-api").patches())
                .anySatisfy(patch -> assertThat(patch.content().toString())
                        .contains("{\"op\":\"replace\",\"path\":\"/spec/template/spec/automountServiceAccountToken\","
                                + "\"value\":true}"));
    }

    private static boolean mounted(String deployment) {
        return KubernetesManifests.object("Deployment", deployment)
                .at("/spec/template/spec/automountServiceAccountToken")
                .asBoolean(true);
    }

    /** "account component resource name verb" of every right. */
    private static Set<String> given() {
        Set<String> given = new TreeSet<>();
        for (Kustomization kustomization : KubernetesManifests.kustomizations()) {
            String component = GIVEN_BY.getOrDefault(kustomization.name(), "unknown");
            for (JsonNode role : kustomization.objects()) {
                if (role.path("kind").asText().equals("ClusterRole") && !isForReaders(role)) {
                    assertThat(GIVEN_BY).containsKey(kustomization.name());
                    role.path("rules").forEach(rule -> add(given, KubernetesManifests.nameOf(role), component, rule));
                }
            }
            kustomization.patches().stream()
                    .filter(patch -> patch.isFor("ClusterRole", "heapster-scraper"))
                    .forEach(patch -> patch.content().forEach(operation -> {
                        if (operation.path("op").asText().equals("add")) {
                            add(given, "heapster-scraper", component, operation.path("value"));
                        } else if (operation.path("op").asText().equals("replace")) {
                            addVerbs(given, component, operation);
                        }
                    }));
        }
        return given;
    }

    private static boolean isForReaders(JsonNode role) {
        return KubernetesManifests.nameOf(role).equals("system:aggregated-metrics-reader");
    }

    /** Verbs in place of those of the base's rule: only the new ones are the component's. */
    private static void addVerbs(Set<String> given, String component, JsonNode operation) {
        JsonNode role = KubernetesManifests.object("ClusterRole", "heapster-scraper");
        JsonNode rule = role.at(operation.path("path").asText().replaceAll("/verbs$", ""));
        List<String> before = KubernetesManifests.texts(rule.path("verbs"));
        for (String verb : KubernetesManifests.texts(operation.path("value"))) {
            if (!before.contains(verb)) {
                rule.path("resources")
                        .forEach(resource -> given.add(
                                String.join(" ", "heapster-scraper", component, resource.asText(), "", verb)));
            }
        }
    }

    private static void add(Set<String> given, String account, String component, JsonNode rule) {
        String group = rule.path("apiGroups").path(0).asText();
        assertThat(rule.path("apiGroups")).hasSize(1);
        for (String resource : KubernetesManifests.texts(rule.path("resources"))) {
            String full = group.isEmpty() ? resource : resource + "." + group;
            for (String verb : KubernetesManifests.texts(rule.path("verbs"))) {
                String named = rule.path("resourceNames").path(0).asText("");
                given.add(String.join(" ", account, component, full, named, verb));
            }
        }
    }
}
