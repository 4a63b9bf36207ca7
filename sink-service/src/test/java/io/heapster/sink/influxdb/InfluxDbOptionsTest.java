package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.uri.ComponentUri;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfluxDbOptionsTest {

    @Test
    void defaultsAreHeapsters() {
        InfluxDbOptions options = options("influxdb");
        assertThat(options.address()).isEqualTo("http://localhost:8086");
        assertThat(options.version()).isEmpty();
        assertThat(options.user()).isEqualTo("root");
        assertThat(options.password()).isEqualTo("root");
        assertThat(options.userGiven()).isFalse();
        assertThat(options.database()).isEqualTo("k8s");
        assertThat(options.bucket()).isEqualTo("k8s");
        assertThat(options.organization()).isEmpty();
        assertThat(options.token()).isEmpty();
        assertThat(options.trust()).isEmpty();
        assertThat(options.retention()).isEmpty();
        assertThat(options.clusterName()).isEmpty();
        assertThat(options.schema()).isEqualTo(Schema.V0);
        assertThat(options.disableCounterMetrics()).isFalse();
        assertThat(options.concurrency()).isEqualTo(1);
        assertThat(options.compressed()).isTrue();
    }

    @Test
    void everyOptionIsRead() {
        InfluxDbOptions options = options(
                "influxdb:https://db:9999?user=u&pw=p%26q&db=my-db&insecuressl=true&retention=30d"
                        + "&cluster_name=west&withfields=true&disable_counter_metrics=1&concurrency=4&compression=none&version=1");
        assertThat(options.address()).isEqualTo("https://db:9999");
        assertThat(options.version()).contains(Generation.V1);
        assertThat(options.user()).isEqualTo("u");
        assertThat(options.password()).isEqualTo("p&q");
        assertThat(options.database()).isEqualTo("my-db");
        assertThat(options.trust()).isPresent();
        assertThat(options.retention()).contains(Duration.ofDays(30));
        assertThat(options.clusterName()).isEqualTo("west");
        assertThat(options.schema()).isEqualTo(Schema.V1_WITH_FIELDS);
        assertThat(options.disableCounterMetrics()).isTrue();
        assertThat(options.concurrency()).isEqualTo(4);
        assertThat(options.compressed()).isFalse();
    }

    @Test
    void whatNewerGenerationsNeedIsRead() {
        InfluxDbOptions options = options("influxdb:http://db?version=2&org=acme&bucket=metrics&token=secret");
        assertThat(options.version()).contains(Generation.V2);
        assertThat(options.organization()).isEqualTo("acme");
        assertThat(options.bucket()).isEqualTo("metrics");
        assertThat(options.bucketGiven()).isTrue();
        assertThat(options.token()).isEqualTo("secret");
    }

    @Test
    void aMissingCertificateStopsTheStart() {
        assertThatThrownBy(() -> options("influxdb:https://h?ca=/nowhere/ca.pem"))
                .hasMessageContaining("readable file of certificates");
    }

    @ParameterizedTest
    @CsvSource({
        "influxdb:http://h:1, http://h:1",
        "influxdb:https://h:1, https://h:1",
        "influxdb:http://h:1?secure=true, https://h:1",
        "influxdb:https://h:1?secure=false, http://h:1"
    })
    void theSchemeIsHonouredUnlessSecureSaysOtherwise(String uri, String address) {
        assertThat(options(uri).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "influxdb:?retention=10m | at least 1h",
                "influxdb:?retention=long | duration",
                "influxdb:?version=4 | 1, 2 or 3",
                "influxdb:?version=2&retention=4h | version=1 only",
                "influxdb:?compression=zip | gzip or none",
                "influxdb:?ca=/x | begins with https",
                "influxdb:https://h?ca=/x&insecuressl=true | either ca or insecuressl",
                "influxdb:?schema=v1&avoidColumns=true | schema=v0",
                "influxdb:?fields=pod_* | do not tell entities apart",
                "influxdb:?bucket= | a name",
                "influxdb:?concurrency=0 | whole number from 1",
                "influxdb:?schema=v2 | v0 or v1",
                "influxdb:?schema=v0&withfields=true | v1",
                "influxdb:?secure=yes | true or false",
                "influxdb:udp://h:1 | http://host:8086",
                "influxdb:foo | http://host:8086",
                "influxdb:?db= | a name"
            })
    void aWrongOptionIsRefusedWithTheCure(String uri, String cure) {
        assertThatThrownBy(() -> options(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cure)
                .hasMessageNotContaining("\n");
    }

    private static InfluxDbOptions options(String uri) {
        return InfluxDbOptions.of(ComponentUri.parse(uri, Map.of()));
    }
}
