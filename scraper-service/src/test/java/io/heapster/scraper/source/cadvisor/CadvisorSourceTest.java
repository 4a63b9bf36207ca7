package io.heapster.scraper.source.cadvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import io.heapster.scraper.source.fetch.Endpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines over real HTTP on loopback, found in a hosts file, by fleet and in an etcd. */
class CadvisorSourceTest {
    private static final Duration AMPLE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CadvisorSourceFactory factory =
            new CadvisorSourceFactory(vertx, registry, Clock.systemUTC(), Duration.ofMillis(50));
    private final List<Source> sources = new ArrayList<>();

    @AfterEach
    void close() {
        sources.forEach(Source::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Source source(String uri) {
        Source source = factory.create(ComponentUri.parse(uri, Map.of()));
        sources.add(source);
        return source;
    }

    private Source started(String uri) {
        Source source = source(uri);
        source.start();
        await().atMost(AMPLE).until(source::synced);
        return source;
    }

    private Source standalone(FakeServer cadvisor, String options) {
        return started("cadvisor:external?standalone=true&cadvisorPort=" + cadvisor.port() + options);
    }

    private FakeServer server() {
        return new FakeServer(vertx, "127.0.0.1", 0);
    }

    private Path hosts(String text) throws IOException {
        return Files.writeString(folder.resolve("hosts"), text);
    }

    private static String item(String name, String ip) {
        return "{\"name\":\"" + name + "\",\"ip\":\"" + ip + "\"}";
    }

    private static Target only(Source source) {
        assertThat(source.targets()).hasSize(1);
        return source.targets().get(0);
    }

    private static Target target(Source source, String name) {
        return source.targets().stream()
                .filter(target -> target.node().node().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Source source) {
        return source.targets().stream().map(target -> target.node().node()).toList();
    }

    private static Reading read(Target target) {
        return target.read(AMPLE).toCompletableFuture().join();
    }

    private static ScrapeException failure(CompletionStage<Reading> answer) {
        try {
            answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(ScrapeException.class);
            return (ScrapeException) e.getCause();
        }
        throw new AssertionError("it has answered");
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double counter(String name) {
        return registry.get(name).counter().count();
    }

    @Test
    void standaloneReadsThisMachine() {
        FakeServer cadvisor = server().cadvisor13();
        Source source = standalone(cadvisor, "&cluster_name=lab");

        Target target = only(source);
        assertThat(target.node()).isEqualTo(new NodeKey("lab", "localhost"));
        Reading reading = read(target);

        assertThat(reading.entities()).hasSize(3);
        assertThat(reading.entities().get(0).samples().longOr(Metrics.MEMORY_USAGE, 0))
                .isEqualTo(8_000_000_000L);
        assertThat(reading.entities().get(0).samples().has(Metrics.CLOCK_SKEW)).isTrue();
        assertThat(cadvisor.asked().get(0)).isEqualTo("POST /api/v1.3/subcontainers/ {\"num_stats\":1}");
        await().atMost(AMPLE).until(() -> target.inventory().cpuCapacityMillis() == 4_000);
        assertThat(gauge("heapster.cadvisor.apis", "version", "v1.3", "cluster", "lab"))
                .isEqualTo(1);
    }

    @Test
    void whatAMachineServesIsFoundOnceAndRemembered() {
        FakeServer cadvisor = server().cadvisor21();
        Target target = only(standalone(cadvisor, ""));

        assertThat(read(target).entities()).hasSize(3);
        assertThat(read(target).entities()).hasSize(3);

        assertThat(cadvisor.asked()).filteredOn(asked -> asked.contains("v1.3")).hasSize(1);
        assertThat(gauge("heapster.cadvisor.apis", "version", "v2.1")).isEqualTo(1);
        assertThat(gauge("heapster.cadvisor.apis", "version", "v1.3")).isZero();

        cadvisor.forget();
        cadvisor.cadvisor13();
        assertThat(read(target).entities())
                .as("another cAdvisor took its place")
                .hasSize(3);
        assertThat(gauge("heapster.cadvisor.apis", "version", "v1.3")).isEqualTo(1);
    }

    @Test
    void failuresHaveTheirReasons() {
        FakeServer cadvisor = server();
        Target target = only(standalone(cadvisor, "&cadvisorBodyLimit=1024&cadvisorTimeout=300ms"));

        ScrapeException neither = failure(target.read(AMPLE));
        assertThat(neither.reason()).isEqualTo(Reason.HTTP);
        assertThat(neither).hasMessageContaining("v1.3").hasMessageContaining("v2.1");

        cadvisor.otherwise((request, path) ->
                request.response().setStatusCode(500).end("failed to get subcontainers for container \"/\""));
        assertThat(failure(target.read(AMPLE)))
                .hasMessageContaining("answers 500 failed to get")
                .hasMessageNotContaining("v2.1");

        cadvisor.otherwise(
                (request, path) -> request.response().setStatusCode(401).end());
        assertThat(failure(target.read(AMPLE)).reason()).isEqualTo(Reason.UNAUTHORIZED);

        cadvisor.otherwise(
                (request, path) -> request.response().setStatusCode(403).end());
        assertThat(failure(target.read(AMPLE)).reason()).isEqualTo(Reason.FORBIDDEN);

        cadvisor.otherwise((request, path) -> {});
        ScrapeException silent = failure(target.read(AMPLE));
        assertThat(silent.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(silent).hasMessageContaining("gave no answer within").hasMessageContaining("waiting for the answer");

        cadvisor.otherwise((request, path) -> request.response().end("<html>"));
        assertThat(failure(target.read(AMPLE)).reason()).isEqualTo(Reason.DECODE);

        cadvisor.serve("/api/v1.3/subcontainers/", " ".repeat(2_000));
        assertThat(failure(target.read(AMPLE)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(counter("heapster.cadvisor.bodies.over.limit")).isEqualTo(1);

        cadvisor.close();
        assertThat(failure(target.read(AMPLE)).reason()).isEqualTo(Reason.CONNECT);
    }

    @Test
    void anEndlessAnswerEndsAtTheDeadline() {
        FakeServer cadvisor = server().otherwise((request, path) -> {
            request.response().setChunked(true);
            long timer = vertx.setPeriodic(20, id -> request.response().write(" "));
            request.connection().closeHandler(closed -> vertx.cancelTimer(timer));
        });
        Target target = only(standalone(cadvisor, "&cadvisorTimeout=400ms"));

        assertThat(failure(target.read(AMPLE)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
                .hasMessageContaining("receiving the answer");
    }

    @Test
    void aBadMachineCostsNoOtherItsTick() throws IOException {
        FakeServer good = server().cadvisor13();
        FakeServer silent = new FakeServer(vertx, "127.0.0.2", good.port()).otherwise((request, path) -> {});
        Path file = hosts("{\"items\":[" + item("silent", "127.0.0.2") + "," + item("away", "127.0.0.3") + ","
                + item("good", "127.0.0.1") + ",{\"name\":\"unknown\"}]}");
        Source source = started("cadvisor:external?hostsFile=" + file + "&cadvisorPort=" + good.port());

        CompletionStage<Reading> ofSilent = target(source, "silent").read(Duration.ofSeconds(3));
        CompletionStage<Reading> ofAway = target(source, "away").read(AMPLE);
        assertThat(read(target(source, "good")).entities()).hasSize(3);
        assertThat(ofSilent.toCompletableFuture()).isNotDone();
        assertThat(failure(ofAway).reason()).isEqualTo(Reason.CONNECT);
        assertThat(failure(ofSilent).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(target(source, "unknown").skip()).isEqualTo(SkipReason.NO_ADDRESS);
        assertThat(target(source, "good").skip()).isNull();
        silent.close();
    }

    @Test
    void aHostsFileThatChangesIsFollowed() throws IOException {
        Path file = hosts("{\"items\":[" + item("a", "127.0.0.1") + "]}");
        Source source = started("cadvisor:external?hostsFile=" + file);
        Target a = only(source);

        hosts("{\"items\":[" + item("a", "127.0.0.1") + "," + item("b", "127.0.0.2") + "]}");
        await().atMost(AMPLE).untilAsserted(() -> assertThat(names(source)).containsExactly("a", "b"));
        assertThat(target(source, "a")).as("keeps what it remembers").isSameAs(a);

        hosts("{\"items\":[" + item("a", "127.0.0.9") + "]}");
        await().atMost(AMPLE).untilAsserted(() -> assertThat(names(source)).containsExactly("a"));
        assertThat(only(source)).as("moved to another address").isNotSameAs(a);
        assertThat(gauge("heapster.cadvisor.hosts")).isEqualTo(1);
    }

    @Test
    void aBadHostsFileKeepsTheLastGoodMachines() throws IOException {
        Path file = hosts("{\"items\":[" + item("a", "127.0.0.1") + ",{}]}");
        Source source = started("cadvisor:external?hostsFile=" + file);
        assertThat(counter("heapster.cadvisor.hosts.rejected")).isEqualTo(1);

        hosts("{\"items\":[{");
        await().atMost(AMPLE).until(() -> counter("heapster.cadvisor.discovery.failures") > 0);
        assertThat(names(source)).containsExactly("a");

        Files.delete(file);
        double before = counter("heapster.cadvisor.discovery.failures");
        await().atMost(AMPLE).until(() -> counter("heapster.cadvisor.discovery.failures") > before);
        assertThat(names(source)).containsExactly("a");

        hosts("{\"items\":[" + item("b", "127.0.0.1") + "]}");
        await().atMost(AMPLE).untilAsserted(() -> assertThat(names(source)).containsExactly("b"));
    }

    @Test
    void aHostsFileThatIsBadFromTheStartIsWaitedFor() throws IOException {
        Source source = source("cadvisor:external?hostsFile=" + hosts("{"));
        source.start();
        await().atMost(AMPLE).until(() -> counter("heapster.cadvisor.discovery.failures") > 0);
        assertThat(source.synced()).isFalse();
        assertThat(source.targets()).isEmpty();

        hosts("{\"items\":[" + item("a", "127.0.0.1") + "]}");
        await().atMost(AMPLE).until(source::synced);
        assertThat(names(source)).containsExactly("a");
    }

    @Test
    void addressesThatAreNoneAndAClosedSourceFail() throws IOException {
        Source source = started("cadvisor:external?hostsFile="
                + hosts("{\"items\":[" + item("a", "no host/at all") + "," + item("b".repeat(254), "1.2.3.4") + "]}"));

        assertThat(failure(only(source).read(AMPLE)).reason()).isEqualTo(Reason.CONNECT);
        source.close();
        assertThat(failure(only(source).read(AMPLE)).reason()).isEqualTo(Reason.INTERNAL);
    }

    @Test
    void machinesComeFromFleetsApiPageByPage() {
        FakeServer fleet = server().serve(
                        "/fleet/v1/machines",
                        "{\"machines\":[{\"id\":\"m1\",\"primaryIP\":\"10.0.0.1\",\"metadata\":{\"role\":\"db\"}}],"
                                + "\"nextPageToken\":\"a b\"}")
                .serve(
                        "/fleet/v1/machines?nextPageToken=a+b",
                        "{\"machines\":[{\"id\":\"m2\",\"primaryIP\":\"10.0.0.2\"}]}");

        Source source = started("cadvisor:fleet?fleetEndpoint=http://127.0.0.1:" + fleet.port());

        assertThat(names(source)).containsExactly("m1", "m2");
        fleet.serve("/fleet/v1/machines", "{\"machines\":[]}");
        await().atMost(AMPLE).until(() -> source.targets().isEmpty());
        assertThat(source.synced()).isTrue();
    }

    @Test
    void machinesComeFromFleetsRegistryInEtcd() {
        String prefix = "/_coreos.com/fleet/machines";
        FakeServer etcd = server().serve("/v2/keys" + prefix + "?recursive=true", """
            {"action":"get","node":{"key":"%1$s","dir":true,"nodes":[
             {"key":"%1$s/m1","dir":true,"nodes":[
              {"key":"%1$s/m1/object","expiration":"2026-11-21T10:00:30Z","ttl":29,"modifiedIndex":7,"createdIndex":7,
               "value":"{\\"ID\\":\\"m1\\",\\"PublicIP\\":\\"10.0.0.1\\",\\"Metadata\\":{},\\"Version\\":\\"0.11.5\\"}"},
              {"key":"%1$s/m1/metadata","dir":true}]},
             {"key":"%1$s/m2","dir":true,"nodes":[{"key":"%1$s/m2/object","value":"{broken"}]}]}}
            """.formatted(prefix));
        FakeServer away = server();
        away.close();

        Source source = started("cadvisor:coreos?fleetEndpoint=http://127.0.0.1:" + away.port()
                + "&fleetEndpoint=http://127.0.0.1:" + etcd.port());

        assertThat(names(source)).containsExactly("m1");
        assertThat(counter("heapster.cadvisor.hosts.rejected")).isEqualTo(1);
        etcd.serve("/v2/keys" + prefix + "?recursive=true", "{}");
        await().atMost(AMPLE).until(() -> counter("heapster.cadvisor.discovery.failures") > 0);
        assertThat(names(source)).as("what was known last").containsExactly("m1");
    }

    @Test
    void aWrongUriStopsTheStartWithItsCure() {
        assertThatThrownBy(() -> source("cadvisor:swarm"))
                .hasMessage("source cadvisor: 'swarm' says no way to find machines, give cadvisor:external,"
                        + " cadvisor:coreos or cadvisor:fleet");
        assertThatThrownBy(() -> source("cadvisor:external?hostsFile=/no/such/file"))
                .hasMessageContaining("option hostsFile of cadvisor: '/no/such/file' is not accepted")
                .hasMessageContaining("standalone=true");
        assertThatThrownBy(() -> source("cadvisor:fleet?fleetEndpoint=unix:///var/run/fleet.sock"))
                .hasMessageContaining("option fleetEndpoint of cadvisor: 'unix:///var/run/fleet.sock'");
        assertThatThrownBy(() -> source("cadvisor:external?standalone=yes")).hasMessageContaining("standalone");
        assertThatThrownBy(() -> source("cadvisor:external?standalone=true&cadvisorPort=0"))
                .hasMessageContaining("cadvisorPort");
        assertThatThrownBy(() -> source("cadvisor:external?standalone=true&cadvisorTimeout=0s"))
                .hasMessageContaining("cadvisorTimeout");
    }

    @Test
    void defaultsAreHeapsters() {
        CadvisorOptions options = CadvisorOptions.of(ComponentUri.parse("cadvisor:coreos", Map.of()));

        assertThat(options.port()).isEqualTo(8_080);
        assertThat(options.hostsFile()).hasToString("/var/run/heapster/hosts");
        assertThat(options.fleetEndpoints()).containsExactly(new Endpoint("127.0.0.1", 4_001, false));
    }
}
