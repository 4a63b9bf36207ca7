package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the Prometheus operator is given is what is tested beside deploy/prometheus. */
class KubernetesAlertsTest {
    private static final Path ALERTS = DeployFiles.DEPLOY.resolve("prometheus/alerts.yml");
    private static final Path RULE = KubernetesManifests.FOLDER.resolve("components/monitoring/prometheus-rule.yaml");
    private static final Pattern JOB = Pattern.compile("job=~\"([^\"]+)\"");

    @Test
    void theRulesAreThoseOfDeployPrometheus() throws IOException {
        if (Boolean.getBoolean("heapster.deploy.write")) {
            write();
        }
        assertThat(KubernetesManifests.documents(RULE).get(0).path("spec")).isEqualTo(DeployFiles.yaml(ALERTS));
    }

    @Test
    void theJobsAreThoseThatTheAlertsKnow() throws IOException {
        JsonNode monitor = KubernetesManifests.object("PodMonitor", "heapster");
        assertThat(monitor.at("/spec/jobLabel").asText()).isEqualTo("app.kubernetes.io/component");
        assertThat(monitor.at("/spec/podMetricsEndpoints/0/path").asText()).isEqualTo("/q/metrics");
        Matcher jobs = JOB.matcher(Files.readString(ALERTS));
        while (jobs.find()) {
            Pattern job = Pattern.compile(jobs.group(1));
            assertThat(List.of("scraper", "model", "sink"))
                    .anyMatch(component -> job.matcher(component).matches());
        }
    }

    private static void write() throws IOException {
        String rule = Files.readString(RULE);
        String alerts = Files.readString(ALERTS);
        String head = rule.substring(0, rule.indexOf("\nspec:\n") + "\nspec:\n".length());
        Files.writeString(
                RULE, head + alerts.substring(alerts.indexOf("groups:")).replaceAll("(?m)^(?=[^\\n])", "  "));
    }
}
