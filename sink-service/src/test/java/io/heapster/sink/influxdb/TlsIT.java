package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import io.heapster.sink.influxdb.server.TestCertificate;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
    @TempDir
    private Path directory;

    @Test
    void onlyWhomTheUserTrustsIsWrittenTo() throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "ip:127.0.0.1");
        try (InfluxDbServer server = InfluxDbServer.startWith(certificate)) {
            assertThat(write(server, "db=ca&ca=" + certificate.certificate())).isEqualTo(WriteOutcome.ACCEPTED);
            assertThat(server.names("ca", "SELECT value FROM \"memory/usage\"")).hasSize(3);
            assertThat(write(server, "db=any&insecuressl=true")).isEqualTo(WriteOutcome.ACCEPTED);
            assertThat(write(server, "db=nobody"))
                    .isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.reason())
                            .contains("certification path"));
        }
    }

    @Test
    void aTrustedCertificateForAnotherNameIsNotEnough() throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "dns:influxdb.example");
        try (InfluxDbServer server = InfluxDbServer.startWith(certificate)) {
            assertThat(write(server, "ca=" + certificate.certificate()))
                    .isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.reason())
                            .contains("127.0.0.1"));
            assertThat(write(server, "insecuressl=true")).isEqualTo(WriteOutcome.ACCEPTED);
        }
    }

    private static WriteOutcome write(InfluxDbServer server, String options) throws Exception {
        return new InfluxDbSinkFactory()
                .create(ComponentUri.parse("influxdb:" + server.address() + "?schema=v1&" + options, Map.of()))
                .write(List.of(TestBatches.node("a", 0, 1)));
    }
}
