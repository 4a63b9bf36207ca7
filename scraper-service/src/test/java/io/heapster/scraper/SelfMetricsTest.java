package io.heapster.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.derive.JoinedLabels;
import io.heapster.scraper.publish.PublishLimits;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.cadvisor.CadvisorSourceFactory;
import io.heapster.scraper.source.kubernetes.KubernetesSourceFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusNamingConvention;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The names of the scraper's own metrics are a promise: dashboards and alerts are written on them. */
class SelfMetricsTest {
    private static final Pattern NAME = Pattern.compile("(?m)^\\| `(heapster_\\w+)` \\|");
    /** There from the first time that something happens. */
    private static final Set<String> LATER = Set.of(
            "heapster_kubelet_fallbacks_total",
            "heapster_events_published_total");
    /** Labels whose values are few, however many nodes there are. */
    private static final Set<String> LABELS = Set.of(
            "cluster", "discovery", "document", "from", "reason", "resource", "result", "stage", "state", "to", "version");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void makeEverythingThatMeasures() {
        Source kubernetes = new KubernetesSourceFactory(vertx, registry)
                .create(ComponentUri.parse("kubernetes:https://127.0.0.1:1?inClusterConfig=false", Map.of()));
        Source cadvisor = new CadvisorSourceFactory(vertx, registry)
                .create(ComponentUri.parse("cadvisor:external?standalone=true&cluster_name=lab", Map.of()));
        var unused = new ScraperPipeline(
                new ScraperSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        new JoinedLabels(",", List.of(), List.of(), 2048),
                        20_000,
                        new PublishLimits(10, 1 << 20, 1 << 20),
                        true,
                        false),
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                List.of(kubernetes, cadvisor),
                registry,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Set<String> registered() {
        PrometheusNamingConvention naming = new PrometheusNamingConvention();
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> naming.name(
                        id.getName(),
                        id.getType(),
                        id.getType() == Meter.Type.TIMER || id.getName().endsWith("tick.lag") ? "seconds" : id.getBaseUnit()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "self-metrics.md"));
        String section = page.substring(page.indexOf("## scraper-service"), page.indexOf("## model-service"));
        return NAME.matcher(section).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theirNamesAreThoseOfTheDocumentation() throws IOException {
        Set<String> expected = documented();
        expected.removeAll(LATER);
        Set<String> registered = registered();
        registered.removeAll(LATER);

        assertThat(registered).isEqualTo(expected);
    }

    @Test
    void eachSaysWhatItIsAndNoneGrowsWithTheCluster() {
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank();
            assertThat(meter.getId().getTags()).allSatisfy(tag -> assertThat(LABELS).contains(tag.getKey()));
        });
    }
}
