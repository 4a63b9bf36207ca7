package io.heapster.sink.googlecloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.MetricServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.server.GoogleAccounts;
import io.heapster.sink.googlecloud.server.GrpcServer;
import io.heapster.sink.googlecloud.server.MonitoringService;
import io.heapster.sink.influxdb.server.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleCloudTest {
    @TempDir
    private Path directory;

    private GoogleAccounts google;

    @BeforeEach
    void start() throws IOException {
        google = new GoogleAccounts();
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void callsCarryATokenOfTheCredentialsFileOverTls() throws Exception {
        GrpcServer.Identity identity = identity();
        MonitoringService service = new MonitoringService(0);
        try (GrpcServer server = new GrpcServer(service, Optional.of(identity));
                GoogleCloud cloud = find(
                        "gcm:?endpoint=" + server.address() + "&credentials=" + google.serviceAccount(directory)
                                + "&cacert=" + identity.chain(),
                        Map.of())) {
            assertThat(cloud.project()).isEqualTo(MonitoringService.PROJECT);
            list(cloud);
            list(cloud);

            assertThat(server.authorizations())
                    .containsExactly("Bearer " + GoogleAccounts.TOKEN, "Bearer " + GoogleAccounts.TOKEN);
            assertThat(google.claims()).hasSize(1);
            assertThat(google.claims().get(0))
                    .contains("https://www.googleapis.com/auth/monitoring", "sa@test.example");
        }
    }

    @Test
    void aServerThatNoTrustedAuthorityVouchesForGetsNoToken() throws Exception {
        try (GrpcServer server = new GrpcServer(new MonitoringService(0), Optional.of(identity()));
                GoogleCloud cloud = find(
                        "gcm:?endpoint=" + server.address() + "&credentials=" + google.serviceAccount(directory),
                        Map.of())) {
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
        google.answer("/computeMetadata/v1/project/project-id", "metadata-project");
        String uri = "gcm:?plaintext=true&endpoint=127.0.0.1:1";
        Map<String, String> metadata = Map.of("GCE_METADATA_HOST", google.address());
        assertThat(project(uri, metadata)).isEqualTo("metadata-project");
        assertThat(project(uri, Map.of("GOOGLE_CLOUD_PROJECT", "p-env", "GCE_METADATA_HOST", google.address())))
                .isEqualTo("p-env");
        assertThat(project(uri, Map.of("GOOGLE_PROJECT_ID", "p-old"))).isEqualTo("p-old");
        assertThat(project(uri + "&project=p-option", Map.of("GOOGLE_CLOUD_PROJECT", "p-env")))
                .isEqualTo("p-option");
    }

    @Test
    void clusterAndLocationAreThoseOfTheMetadataServerUnlessTheyAreGiven() throws Exception {
        google.answer("/computeMetadata/v1/instance/attributes/cluster-location", "europe-west4");
        google.answer("/computeMetadata/v1/instance/attributes/cluster-name", "prod");
        Map<String, String> metadata = Map.of("GCE_METADATA_HOST", google.address());
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
        assertThatThrownBy(() -> find(
                        "gcm:?project=p-123&credentials=" + google.serviceAccount(directory)
                                + "&cacert=/nowhere/ca.pem",
                        nowhere))
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

    /** For the loopback address; it vouches for itself. */
    private GrpcServer.Identity identity() throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "ip:127.0.0.1");
        return new GrpcServer.Identity(
                certificate.certificate().toFile(), certificate.key().toFile());
    }
}
