package io.heapster.sink.googlecloud;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.MonitoringService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleCloudTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/token", "{\"access_token\":\"fake-token\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    @Test
    void callsCarryATokenOfTheCredentialsFileOverTls() throws Exception {
        GrpcServer.Identity identity = identity();
        MonitoringService service = new MonitoringService(0);
        try (GrpcServer server = new GrpcServer(service, Optional.of(identity));
                GoogleCloud cloud = find(
                        "gcm:?endpoint=" + server.address() + "&credentials=" + serviceAccount() + "&cacert="
                                + identity.chain(),
                        Map.of())) {
            assertThat(cloud.project()).isEqualTo(MonitoringService.PROJECT);
            list(cloud);
            list(cloud);

            assertThat(server.authorizations()).containsExactly("Bearer fake-token", "Bearer fake-token");
            assertThat(tokenRequests).hasSize(1);
            String claims = new String(
                    Base64.getUrlDecoder().decode(tokenRequests.get(0).split("\\.", -1)[1]), UTF_8);
            assertThat(claims).contains("https://www.googleapis.com/auth/monitoring", "sa@test.example");
        }
    }

    @Test
    void aServerThatNoTrustedAuthorityVouchesForGetsNoToken() throws Exception {
        try (GrpcServer server = new GrpcServer(new MonitoringService(0), Optional.of(identity()));
                GoogleCloud cloud =
                        find("gcm:?endpoint=" + server.address() + "&credentials=" + serviceAccount(), Map.of())) {
            assertThatThrownBy(() -> list(cloud)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(
                            e.getStatus().getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE));
            assertThat(server.authorizations()).isEmpty();
        }
    }

    @Test
    void inPlaintextNoTokenIsSent() throws Exception {
        try (GrpcServer server = new GrpcServer(new MonitoringService(0));
                GoogleCloud cloud =
                        find("gcm:?plaintext=true&project=test-project&endpoint=" + server.address(), Map.of())) {
            list(cloud);
            assertThat(server.authorizations()).containsExactly("");
        }
    }

    @Test
    void theProjectIsThatOfTheOptionElseOfTheEnvironmentElseOfTheMetadataServer() throws Exception {
        answer("/computeMetadata/v1/project/project-id", "metadata-project");
        String uri = "gcm:?plaintext=true&endpoint=127.0.0.1:1";
        Map<String, String> metadata = Map.of("GCE_METADATA_HOST", hostPort());
        assertThat(project(uri, metadata)).isEqualTo("metadata-project");
        assertThat(project(uri, Map.of("GOOGLE_CLOUD_PROJECT", "p-env", "GCE_METADATA_HOST", hostPort())))
                .isEqualTo("p-env");
        assertThat(project(uri, Map.of("GOOGLE_PROJECT_ID", "p-old"))).isEqualTo("p-old");
        assertThat(project(uri + "&project=p-option", Map.of("GOOGLE_CLOUD_PROJECT", "p-env")))
                .isEqualTo("p-option");
    }

    @Test
    void clusterAndLocationAreThoseOfTheMetadataServerUnlessTheyAreGiven() throws Exception {
        answer("/computeMetadata/v1/instance/attributes/cluster-location", "europe-west4");
        answer("/computeMetadata/v1/instance/attributes/cluster-name", "prod");
        Map<String, String> metadata = Map.of("GCE_METADATA_HOST", hostPort());
        String uri = "gcm:?plaintext=true&endpoint=127.0.0.1:1&project=p-option&resource=k8s";
        try (GoogleCloud cloud = find(uri, metadata)) {
            assertThat(cloud.resources()
                            .of("default", EntityType.CLUSTER, Labels.EMPTY)
                            .getLabelsMap())
                    .containsEntry("location", "europe-west4")
                    .containsEntry("cluster_name", "prod");
        }
        try (GoogleCloud cloud = find(uri + "&cluster_name=mine", metadata)) {
            assertThat(cloud.resources().clusterName("default")).isEqualTo("mine");
        }
    }

    @Test
    void whatCannotBeFoundIsNamedWithTheCure() {
        Map<String, String> nowhere = Map.of("GCE_METADATA_HOST", "127.0.0.1:1");
        assertThatThrownBy(() -> find("gcm:?plaintext=true&endpoint=127.0.0.1:1", nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("option project");
        assertThatThrownBy(() -> find("gcm:?plaintext=true&endpoint=127.0.0.1:1&project=p-123&resource=k8s", nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("option location");
        assertThatThrownBy(() -> find("gcm:?project=p-123&credentials=/nowhere/key.json", nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/nowhere/key.json");
        assertThatThrownBy(() ->
                        find("gcm:?project=p-123&credentials=" + serviceAccount() + "&cacert=/nowhere/ca.pem", nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/nowhere/ca.pem");
    }

    private static String project(String uri, Map<String, String> environment) throws IOException {
        try (GoogleCloud cloud = find(uri, environment)) {
            return cloud.project();
        }
    }

    private static GoogleCloud find(String uri, Map<String, String> environment) throws IOException {
        GoogleCloudOptions options = GoogleCloudOptions.of(ComponentUri.parse(uri, Map.of()));
        return GoogleCloud.find(GoogleApi.MONITORING, options, environment);
    }

    private static void list(GoogleCloud cloud) {
        cloud.calling(MetricServiceGrpc.newBlockingStub(cloud.channel()))
                .listMetricDescriptors(ListMetricDescriptorsRequest.newBuilder()
                        .setName("projects/test-project")
                        .build());
    }

    private String hostPort() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    private void answer(String path, String body) {
        http.createContext(path, exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!request.isEmpty()) {
                tokenRequests.add(request.substring(request.indexOf("assertion=") + "assertion=".length()));
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Metadata-Flavor", "Google");
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private Path serviceAccount() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2_048);
        String key = pem("PRIVATE KEY", keys.generateKeyPair().getPrivate().getEncoded());
        String json = "{\"type\":\"service_account\",\"project_id\":\"test-project\",\"private_key_id\":\"k1\","
                + "\"private_key\":\"" + key.replace("\n", "\\n") + "\",\"client_email\":\"sa@test.example\","
                + "\"client_id\":\"1\",\"token_uri\":\"http://" + hostPort() + "/token\"}";
        return Files.writeString(directory.resolve("account.json"), json);
    }

    /** A certificate for the loopback address that vouches for itself, made by the JDK's keytool. */
    private GrpcServer.Identity identity() throws Exception {
        Path store = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=server",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        Key key = Objects.requireNonNull(loaded.getKey("server", PASSWORD.toCharArray()));
        Path chain = Files.writeString(
                directory.resolve("chain.pem"),
                pem("CERTIFICATE", loaded.getCertificate("server").getEncoded()));
        Path keyFile = Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
        return new GrpcServer.Identity(chain.toFile(), keyFile.toFile());
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }
}
