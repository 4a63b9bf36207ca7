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
            "heapster_kubelet_fallbacks_total", "heapster_events_published_total", "heapster_discovery_failures_total");
    /** Labels whose values are few, however many nodes there are. */
    private static final Set<String> LABELS = Set.of(
            "cluster",
            "discovery",
            "document",
            "from",
            "reason",
            "resource",
            "result",
            "stage",
            "state",
            "to",
            "version");

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

    /** Without those by which this registry, and no other, keeps a histogram's buckets. */
    private List<Meter> meters() {
        return registry.getMeters().stream()
                .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
                .toList();
    }

    private Set<String> registered() {
        return meters().stream().map(meter -> nameOf(meter.getId())).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As Prometheus is told it. */
    private static String nameOf(Meter.Id id) {
        String name = id.getName().replace('.', '_');
        boolean isTime = id.getType() == Meter.Type.TIMER || id.getName().equals("heapster.tick.lag");
        String unit = isTime ? "seconds" : id.getBaseUnit();
        String withUnit = unit == null || name.endsWith(unit) ? name : name + "_" + unit;
        return id.getType() == Meter.Type.COUNTER ? withUnit + "_total" : withUnit;
    }

    private static Set<String> documented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "self-metrics.md"));
        String section = page.substring(page.indexOf("## scraper-service"), page.indexOf("## model-service"));
        return NAME.matcher(section)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
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
        assertThat(meters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getDescription())
                    .as(meter.getId().getName())
                    .isNotBlank();
            assertThat(meter.getId().getTags())
                    .allSatisfy(tag -> assertThat(LABELS).contains(tag.getKey()));
        });
    }
}
