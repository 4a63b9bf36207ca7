package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.uri.ComponentUri;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfluxDbOptionsTest {

    @Test
    void defaultsAreHeapsters() {
        assertThat(options("influxdb"))
                .isEqualTo(new InfluxDbOptions(
                        "http://localhost:8086",
                        "root",
                        "root",
                        "k8s",
                        false,
                        Optional.empty(),
                        "",
                        Schema.V0,
                        false,
                        1));
    }

    @Test
    void everyOptionIsRead() {
        assertThat(options("influxdb:https://db:9999?user=u&pw=p%26q&db=my-db&insecuressl=true&retention=30d"
                        + "&cluster_name=west&withfields=true&disable_counter_metrics=1&concurrency=4"))
                .isEqualTo(new InfluxDbOptions(
                        "https://db:9999",
                        "u",
                        "p&q",
                        "my-db",
                        true,
                        Optional.of(Duration.ofDays(30)),
                        "west",
                        Schema.V1_WITH_FIELDS,
                        true,
                        4));
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
