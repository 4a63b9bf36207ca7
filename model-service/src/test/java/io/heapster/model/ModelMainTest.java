package io.heapster.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int prepare(String... args) {
        return ModelMain.prepare(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }

    @AfterEach
    void forgetSettings() {
        System.clearProperty("heapster.model.window");
        System.clearProperty("heapster.model.resolution");
        System.clearProperty("kafka.bootstrap.servers");
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith("heapster.model.access.") || key.startsWith("quarkus.http."))
                .forEach(System::clearProperty);
    }

    @Test
    void flagsBecomeSettings() {
        assertThat(prepare("-kafka=broker:9092", "--window", "20m", "-model_resolution=1m"))
                .isEqualTo(-1);

        assertThat(System.getProperty("kafka.bootstrap.servers")).isEqualTo("broker:9092");
        assertThat(System.getProperty("heapster.model.window")).isEqualTo("20m");
        assertThat(System.getProperty("heapster.model.resolution")).isEqualTo("1m");
    }

    @Test
    void aCertificateTurnsThePortToTls() {
        assertThat(prepare("--tls_cert=c.pem", "--tls_key=k.pem", "--port=8083", "--allowed_users=a,b"))
                .isEqualTo(-1);

        assertThat(System.getProperty("heapster.model.access.tls-cert")).isEqualTo("c.pem");
        assertThat(System.getProperty("heapster.model.access.tls-key")).isEqualTo("k.pem");
        assertThat(System.getProperty("heapster.model.access.allowed-users")).isEqualTo("a,b");
        assertThat(System.getProperty("quarkus.http.ssl-port")).isEqualTo("8083");
        assertThat(System.getProperty("quarkus.http.insecure-requests")).isEqualTo("disabled");
    }

    @Test
    void aSecurePortLeavesTheOtherAsItIs() {
        assertThat(prepare("--tls-cert=c.pem", "--tls-key=k.pem", "--secure-port=8443"))
                .isEqualTo(-1);

        assertThat(System.getProperty("quarkus.http.ssl-port")).isEqualTo("8443");
        assertThat(System.getProperty("quarkus.http.insecure-requests")).isNull();
    }

    @Test
    void aWrongFlagStopsTheStartWithOneLine() {
        assertThat(prepare("--window=soon")).isEqualTo(2);

        assertThat(err.toString(UTF_8))
                .startsWith("flag --window: 'soon' is not accepted")
                .hasLineCount(1);
    }

    @Test
    void helpIsPrinted() {
        assertThat(prepare("--help")).isZero();

        assertThat(out.toString(UTF_8)).contains("--listen_ip", "--metric_resolution");
    }
}
