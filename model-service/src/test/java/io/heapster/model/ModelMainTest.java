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
