package io.heapster.scraper.source.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.uri.ComponentUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConnectionTest {
    private static final Map<String, String> IN_POD =
            Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443");

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: lab
            clusters:
            - name: lab
              cluster: {server: "https://lab:6443"}
            - name: other
              cluster: {server: "https://other:6443", insecure-skip-tls-verify: true}
            users:
            - name: me
              user: {token: secret-token}
            contexts:
            - name: lab
              context: {cluster: lab, user: me}
            - name: other
              context: {cluster: other, user: me}
            """;

    @TempDir
    Path directory;

    private Path kubeconfig = Path.of("");
    private ServiceAccount account = new ServiceAccount(Path.of(""));

    @BeforeEach
    void writeFiles() throws IOException {
        kubeconfig = Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG);
        Path pod = Files.createDirectory(directory.resolve("serviceaccount"));
        Files.writeString(pod.resolve("token"), "pod-token\n");
        Files.writeString(pod.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n");
        account = new ServiceAccount(pod);
    }

    private ClusterConnection connect(String uri, Map<String, String> environment) {
        ComponentUri parsed = ComponentUri.parse(uri, Map.of());
        return ClusterConnection.of(parsed, KubernetesOptions.of(parsed), environment, account);
    }

    private static KubernetesOptions options(String uri) {
        return KubernetesOptions.of(ComponentUri.parse(uri, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes:, https://10.0.0.1:443",
        "kubernetes.summary_api:'''', https://10.0.0.1:443",
        "kubernetes:https://kubernetes.default, https://kubernetes.default",
    })
    void inAPodItIsTheServiceAccount(String uri, String server) {
        ClusterConnection connection = connect(uri, IN_POD);

        assertThat(connection.apiServer()).isEqualTo(server);
        assertThat(connection.credentials().current().token()).isEqualTo("pod-token");
        assertThat(connection.credentials().current().ca()).contains("BEGIN CERTIFICATE");
        assertThat(connection.clientConfig().getCaCertData()).isNotEmpty();
    }

    @Test
    void theTokenIsReadAnew() throws IOException {
        ClusterConnection connection = connect("kubernetes:", IN_POD);
        Files.writeString(account.directory().resolve("token"), "rotated");

        connection.credentials().reread();

        assertThat(connection.credentials().current().token()).isEqualTo("rotated");
        assertThat(connection.clientConfig().getOauthTokenProvider().getToken()).isEqualTo("rotated");

        Files.delete(account.directory().resolve("token"));
        assertThat(connection.credentials().reread().token()).as("kept").isEqualTo("rotated");
    }

    @Test
    void outsideAPodItIsTheKubeconfigsCurrentContext() {
        ClusterConnection connection = connect("kubernetes:", Map.of("KUBECONFIG", kubeconfig.toString()));

        assertThat(connection.apiServer()).startsWith("https://lab:6443");
        assertThat(connection.insecure()).isFalse();
        assertThat(connection.credentials().current().token()).isEqualTo("secret-token");
        assertThat(connection.credentials().current().toString()).doesNotContain("secret-token");
    }

    @Test
    void aContextAndAFileCanBeNamed() {
        ClusterConnection connection =
                connect("kubernetes:?inClusterConfig=false&context=other&auth=" + kubeconfig, IN_POD);

        assertThat(connection.apiServer()).startsWith("https://other:6443");
        assertThat(connection.insecure()).isTrue();
    }

    @Test
    void anAddressWithoutCredentialsIsEnough() {
        ClusterConnection connection = connect("kubernetes:http://10.0.0.1:8080?inClusterConfig=false", IN_POD);

        assertThat(connection.apiServer()).isEqualTo("http://10.0.0.1:8080");
        assertThat(connection.credentials().current()).isEqualTo(Credentials.NONE);
    }

    @Test
    void theOldestDocumentsEnvironmentIsUnderstood() {
        Map<String, String> environment = Map.of("KUBE_MASTER", "10.0.0.2", "KUBE_MASTER_AUTH", "admin:pass:word");

        ClusterConnection outside = connect("kubernetes:", environment);
        assertThat(outside.apiServer()).isEqualTo("https://10.0.0.2");
        assertThat(outside.clientConfig().getUsername()).isEqualTo("admin");
        assertThat(outside.clientConfig().getPassword()).isEqualTo("pass:word");
        assertThat(outside.toString()).doesNotContain("pass:word");

        Map<String, String> inPod = new HashMap<>(IN_POD);
        inPod.put("KUBE_MASTER", "http://10.0.0.2:8080");
        ClusterConnection inside = connect("kubernetes:", inPod);
        assertThat(inside.apiServer()).isEqualTo("http://10.0.0.2:8080");
        assertThat(inside.credentials().current().token()).isEqualTo("pod-token");

        assertThat(connect("kubernetes:https://m?inClusterConfig=false", environment)
                        .apiServer())
                .as("the URI says more")
                .isEqualTo("https://m");
        assertThatThrownBy(() -> connect("kubernetes:", Map.of("KUBE_MASTER", "m", "KUBE_MASTER_AUTH", "secret")))
                .hasMessage("KUBE_MASTER_AUTH: (hidden) is not accepted, give user:password");
    }

    @Test
    void theServiceAccountsTokenCanBeAskedForByItself() {
        ClusterConnection connection =
                connect("kubernetes:https://m?inClusterConfig=false&useServiceAccount=true&auth=", Map.of());

        assertThat(connection.apiServer()).isEqualTo("https://m");
        assertThat(connection.credentials().current().token()).isEqualTo("pod-token");
    }

    @Test
    void withoutAnyWayTheStartEndsWithTheCure() {
        assertThatThrownBy(() -> connect("kubernetes:", Map.of("HOME", directory.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth=FILE")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> connect("kubernetes:?context=none&auth=" + kubeconfig, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes:?kubeletPort=x",
                "kubernetes:?kubeletPort=70000",
                "kubernetes:?kubeletHttps=perhaps",
                "kubernetes:?insecure=maybe",
                "kubernetes:?auth=/no/such/file",
                "kubernetes:?kubeletCA=/no/such/file",
                "kubernetes:?kubeletTimeout=0",
                "kubernetes:?kubeletConcurrency=0",
                "kubernetes:?kubeletBodyLimit=1",
            })
    void aWrongOptionEndsTheStartInOneLine(String uri) {
        assertThatThrownBy(() -> options(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes:, true",
        "kubernetes:?kubeletPort=10250, true",
        "kubernetes:?kubeletPort=10255, false",
        "kubernetes:?kubeletHttps=false, false",
        "kubernetes:?kubeletPort=10255&kubeletHttps=true, true",
    })
    void httpsIsTheDefault(String uri, boolean https) {
        assertThat(options(uri).kubeletHttps()).isEqualTo(https);
    }

    @Test
    void insecureMeansKubeletsTooUnlessTheySayOtherwise() {
        assertThat(options("kubernetes:?insecure=true").kubeletInsecure()).isTrue();
        assertThat(options("kubernetes:?insecure=true&kubeletInsecure=false").kubeletInsecure())
                .isFalse();
        assertThat(options("kubernetes:").kubeletInsecure()).isFalse();
    }

    @Test
    void defaultsAreAsDocumented() {
        KubernetesOptions options = options("kubernetes:");

        assertThat(options.clusterName()).isEqualTo("default");
        assertThat(options.kubeletPort()).isEqualTo(OptionalInt.empty());
        assertThat(options.kubeletTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.kubeletConcurrency()).isEqualTo(200);
    }
}
