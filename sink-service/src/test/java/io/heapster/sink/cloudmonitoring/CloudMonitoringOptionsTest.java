package io.heapster.sink.cloudmonitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.ResourceModel;
import java.util.Map;
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

    private static CloudMonitoringOptions options(String uri) {
        return CloudMonitoringOptions.of(ComponentUri.parse(uri, Map.of()));
    }
}
