package io.heapster.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.sink.influxdb.server.DebianProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alerts by Prometheus' own tool, and what they point to. */
class AlertRulesTest {
    private static final Path PROMETHEUS = DeployFiles.DEPLOY.resolve("prometheus");
    private static final Path RUNBOOK = DeployFiles.DOCS.resolve("runbook.md");

    @Test
    void promtoolFindsNothingWrong() throws IOException, InterruptedException {
        assertThat(promtool("check", "rules", "alerts.yml")).contains("SUCCESS");
        // Its rule file lies where compose mounts it.
        assertThat(promtool("check", "config", "--syntax-only", "prometheus.yml"))
                .contains("SUCCESS");
    }

    @Test
    void everyAlertFiresWhenItShould() throws IOException, InterruptedException {
        assertThat(promtool("test", "rules", "alerts_test.yml")).contains("SUCCESS");
    }

    @Test
    void everyAlertHasARuleTest() throws IOException {
        String tests = Files.readString(PROMETHEUS.resolve("alerts_test.yml"));

        for (JsonNode alert : alerts()) {
            assertThat(tests)
                    .contains("alertname=\"" + alert.path("alert").asText() + "\", alertstate=\"firing\", severity=\""
                            + alert.at("/labels/severity").asText() + '"');
        }
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhereTheCureIs() throws IOException {
        Set<String> anchors = Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asText();
            String anchor = name.toLowerCase(Locale.ROOT);
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/runbook_url").asText()).as(name).isEqualTo("docs/runbook.md#" + anchor);
            assertThat(anchors).contains(anchor);
        }
    }

    @Test
    void thePageOfAlertsListsThemAll() throws IOException {
        String page = Files.readString(DeployFiles.DOCS.resolve("alerts.md"));

        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asText();
            assertThat(page)
                    .contains("| [`%s`](runbook.md#%s) | %s |"
                            .formatted(
                                    name,
                                    name.toLowerCase(Locale.ROOT),
                                    alert.at("/labels/severity").asText()));
        }
    }

    @Test
    void noAlertAsksForWhatNoServiceTells() throws IOException {
        SelfMetrics known = SelfMetrics.ofPage();

        for (JsonNode alert : alerts()) {
            assertThat(known.unknownIn(alert.path("expr").asText()))
                    .as(alert.path("alert").asText())
                    .isEmpty();
        }
    }

    private static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        DeployFiles.yaml(PROMETHEUS.resolve("alerts.yml")).path("groups").forEach(group -> group.path("rules")
                .forEach(alerts::add));
        return alerts;
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        String program = new DebianProgram("promtool", "prometheus").find().toString();
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(program), Stream.of(arguments)).toList())
                .directory(PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
