package io.heapster.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkMainTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @AfterEach
    void forget() {
        System.clearProperty("heapster.sink.sinks[0]");
        System.clearProperty("heapster.sink.sinks[1]");
        System.clearProperty("kafka.bootstrap.servers");
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("heapster.sink.replay."))
                .forEach(System::clearProperty);
        System.clearProperty("quarkus.http.host-enabled");
        System.clearProperty("quarkus.log.console.stderr");
        System.clearProperty("quarkus.log.level");
        System.clearProperty("quarkus.banner.enabled");
    }

    @Test
    void sinksBecomeSettingsEvenWithCommasAndVariables() {
        assertThat(prepare("--sink=influxdb:http://h:1?db=a,b", "-sink", "log:${X}", "--kafka=k:9092"))
                .isEqualTo(-1);
        assertThat(System.getProperty("heapster.sink.sinks[0]")).isEqualTo("influxdb:http://h:1?db=a,b");
        assertThat(System.getProperty("heapster.sink.sinks[1]")).isEqualTo("log:\\${X}");
        assertThat(System.getProperty("kafka.bootstrap.servers")).isEqualTo("k:9092");
    }

    @Test
    void aWrongFlagEndsItWithOneLine() {
        assertThat(prepare("--sinks=log")).isEqualTo(2);
        assertThat(text.toString(UTF_8)).contains("did you mean --sink").hasLineCount(1);
    }

    @Test
    void aReplayIsSettingsToo() {
        assertThat(prepare("--replay_dead_letters=influxdb", "--dry_run", "--since=2h"))
                .isEqualTo(-1);
        assertThat(System.getProperty("heapster.sink.replay.sink")).isEqualTo("influxdb");
        assertThat(System.getProperty("heapster.sink.replay.dry-run")).isEqualTo("true");
        assertThat(System.getProperty("heapster.sink.replay.since")).isEqualTo("2h");
    }

    @Test
    void whatNarrowsAReplayGoesOnlyWithOne() {
        assertThat(prepare("--dry_run")).isEqualTo(2);
        assertThat(text.toString(UTF_8)).contains("--replay_dead_letters").hasLineCount(1);
    }

    @Test
    void helpEndsIt() {
        assertThat(prepare("--help")).isZero();
        assertThat(text.toString(UTF_8)).contains("--sink=URI");
    }

    private int prepare(String... args) {
        PrintStream out = new PrintStream(text, true, UTF_8);
        return SinkMain.prepare(out, out, args);
    }
}
