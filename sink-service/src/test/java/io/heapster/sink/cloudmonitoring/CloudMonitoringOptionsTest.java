package io.heapster.sink.cloudmonitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.ResourceModel;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudMonitoringOptionsTest {

    @Test
    void nothingNeedsToBeSaid() {
        CloudMonitoringOptions options = options("gcm");
        assertThat(options.metrics()).isEqualTo(MetricSet.ALL);
        assertThat(options.concurrency()).isEqualTo(4);
        assertThat(options.cloud().resourceModel()).isEqualTo(ResourceModel.GLOBAL);
        assertThat(options.cloud().project()).isEmpty();
        assertThat(options.cloud().plaintext()).isFalse();
        assertThat(options("gcm:").metrics()).isEqualTo(MetricSet.ALL);
    }

    @Test
    void anAddressIsRefusedAsInHeapster() {
        assertThatThrownBy(() -> options("gcm:https://monitoring.googleapis.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes no address")
                .hasMessageContaining("endpoint=host:port");
    }

    @Test
    void aWrongOptionNamesTheCure() {
        assertThatThrownBy(() -> options("gcm:?metrics=some")).hasMessageContaining("all or autoscaling");
        assertThatThrownBy(() -> options("gcm:?resource=gke")).hasMessageContaining("global or k8s");
        assertThatThrownBy(() -> options("gcm:?endpoint=http://x")).hasMessageContaining("host:port");
        assertThatThrownBy(() -> options("gcm:?project=My%20Project")).hasMessageContaining("the project's ID");
        assertThatThrownBy(() -> options("gcm:?plaintext=true")).hasMessageContaining("together with endpoint");
        assertThatThrownBy(() -> options("gcm:?concurrency=0")).hasMessageContaining("from 1 to 64");
    }

    @Test
    void theFactoryKnowsEveryOption() {
        assertThat(new CloudMonitoringSinkFactory().options())
                .containsExactlyInAnyOrder(
                        "metrics",
                        "concurrency",
                        "project",
                        "credentials",
                        "endpoint",
                        "plaintext",
                        "cacert",
                        "resource",
                        "cluster_name",
                        "location");
    }

    @Test
    void stackdriverIsTheSameWithKubernetesResources() {
        CloudMonitoringOptions options = options("stackdriver:?cluster_name=prod&cluster_location=europe-west1")
                .withKubernetesResources(Optional.of("europe-west1"));
        assertThat(options.cloud().resourceModel()).isEqualTo(ResourceModel.KUBERNETES);
        assertThat(options.cloud().location()).contains("europe-west1");
        assertThat(options.cloud().clusterName()).contains("prod");
        StackdriverSinkFactory factory = new StackdriverSinkFactory();
        assertThat(factory.options())
                .contains("cluster_location", "use_new_resources")
                .doesNotContain("resource");
        assertThatThrownBy(() -> factory.create(ComponentUri.parse("stackdriver:?use_old_resources=true", Map.of())))
                .hasMessageContaining("option use_old_resources of stackdriver: 'true'");
        assertThatThrownBy(() -> factory.create(ComponentUri.parse("stackdriver:?use_new_resources=false", Map.of())))
                .hasMessageContaining("gcm writes one resource");
        factory.create(ComponentUri.parse("stackdriver:?use_new_resources=true&min_interval_sec=100", Map.of()))
                .close();
    }

    private static CloudMonitoringOptions options(String uri) {
        return CloudMonitoringOptions.of(ComponentUri.parse(uri, Map.of()));
    }
}
