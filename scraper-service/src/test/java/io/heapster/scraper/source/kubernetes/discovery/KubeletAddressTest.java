package io.heapster.scraper.source.kubernetes.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeletAddressTest {
    @ParameterizedTest
    @CsvSource({
        "InternalIP=10.0.0.1, 10.0.0.1",
        "Hostname=n1 InternalIP=10.0.0.1 ExternalIP=1.2.3.4, 10.0.0.1",
        "ExternalIP=1.2.3.4 InternalIP=10.0.0.1, 10.0.0.1",
        "InternalIP=10.0.0.1 InternalIP=10.0.0.2, 10.0.0.2",
        "InternalIP=10.0.0.1 InternalIP=none, 10.0.0.1",
        "InternalIP=10.0.0.1 InternalIP=fd00::1, fd00::1",
        "InternalIP=fd00::1 InternalIP=10.0.0.1, 10.0.0.1",
        "InternalIP=fd00::1, fd00::1",
        "InternalIP= LegacyHostIP=10.0.0.9 ExternalIP=1.2.3.4, 10.0.0.9",
        "LegacyHostIP=10.0.0.9 ExternalIP=1.2.3.4, 10.0.0.9",
        "ExternalIP=1.2.3.4, 1.2.3.4",
        "InternalIP=node-1.lab ExternalIP=1.2.3.4, 1.2.3.4",
        "Hostname=10.0.0.1,",
        "InternalDNS=10.0.0.1 ExternalDNS=10.0.0.1,",
        "InternalIP=256.0.0.1,",
        "InternalIP=10.0.0.1:10250,",
        "InternalIP=[fd00::1],",
        "'',",
    })
    void takesTheLastIpOfTheBestType(String listed, @Nullable String chosen) {
        List<KubeletAddress.Listed> addresses = Arrays.stream(listed.split(" "))
                .filter(text -> text.contains("="))
                .map(text -> new KubeletAddress.Listed(
                        text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1)))
                .toList();

        assertThat(KubeletAddress.choose(addresses)).isEqualTo(chosen);
    }
}
