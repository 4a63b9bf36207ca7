package io.heapster.scraper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.SourceFactory;
import io.heapster.scraper.source.cadvisor.CadvisorSourceFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSelectionTest {
    @TempDir
    Path root;

    private final List<String> created = new ArrayList<>();

    private record Factory(String key, List<String> created) implements SourceFactory {
        @Override
        public Set<String> keys() {
            return Set.of(key);
        }

        @Override
        public Set<String> options() {
            return Set.of();
        }

        @Override
        public Source create(ComponentUri uri) {
            created.add(uri.toString());
            return new FakeCluster(1);
        }
    }

    private List<String> select(Map<String, String> environment, String... uris) {
        SourceSelection selection = new SourceSelection(
                List.of(new Factory("host", created), new Factory("kubernetes.summary_api", created)),
                environment,
                root,
                root.resolve("home"));
        assertThat(selection.select(List.of(uris))).hasSize(Math.max(1, uris.length));
        return created;
    }

    private void file(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    @Test
    void withoutAClusterThisMachineIsRead() {
        assertThat(select(Map.of())).containsExactly("host");
    }

    @Test
    void inAPodTheClusterIsRead() throws IOException {
        file("var/run/secrets/kubernetes.io/serviceaccount/token", "x");

        assertThat(select(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"))).containsExactly("kubernetes.summary_api");
    }

    @Test
    void withACurrentContextTheClusterIsRead() throws IOException {
        file("home/.kube/config", """
                apiVersion: v1
                contexts:
                - context:
                    cluster: kind
                  name: kind-test
                current-context: kind-test
                """);

        assertThat(select(Map.of())).containsExactly("kubernetes.summary_api");
    }

    @Test
    void aContextThatIsNotThereDoesNotCount() throws IOException {
        file("home/.kube/config", "contexts:\n- name: other\ncurrent-context: gone\n");

        assertThat(select(Map.of())).containsExactly("host");
    }

    @Test
    void whatIsNamedIsRead() {
        assertThat(select(Map.of("X", "box"), "host:?node=$X", "kubernetes.summary_api:''"))
                .containsExactly("host:?node=box", "kubernetes.summary_api:''");
    }

    @Test
    void anUnknownOptionIsNamedWithTheOneThatWasMeant() {
        ComponentUri uri = ComponentUri.parse("kubernetes:?kubeletport=1&insecure=true&colour=red", Map.of());

        assertThat(SourceSelection.unknownOptions(uri, Set.of("kubeletPort", "kubeletHttps", "insecure")))
                .containsExactly(
                        "Source kubernetes has no option colour: it has no effect; known are [insecure, kubeletHttps,"
                                + " kubeletPort]",
                        "Source kubernetes has no option kubeletport: it has no effect; did you mean kubeletPort?");
    }

    @Test
    void anUnknownSourceStopsTheStart() {
        assertThatThrownBy(() -> select(Map.of(), "influxdb:x"))
                .hasMessage(
                        "heapster.scraper.sources: 'influxdb' is no source, give one of [host, kubernetes.summary_api]");
    }

    @Test
    void machinesOutsideKubernetesAreASourceToo() {
        Vertx vertx = Vertx.vertx();
        List<Source> sources = new SourceSelection(
                        List.of(new CadvisorSourceFactory(vertx, new SimpleMeterRegistry())),
                        Map.of("LAB", "lab"),
                        root,
                        root)
                .select(List.of("cadvisor:external?standalone=true&cluster_name=$LAB", "cadvisor:coreos"));

        assertThat(sources).extracting(Source::cluster).containsExactly("lab", "default");
        sources.forEach(Source::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
