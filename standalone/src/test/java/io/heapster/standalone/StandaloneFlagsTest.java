package io.heapster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.flag.InvalidFlagException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandaloneFlagsTest {
    private final StandaloneFlags flags = new StandaloneFlags();

    @Test
    void heapstersFlagsWorkWithOneOrTwoDashesAndEitherSeparator() {
        assertThat(flags.settings(flags.parse("-metric-resolution=30s", "--heapster-port", "9000")))
                .containsEntry("heapster.metric-resolution", "30s")
                .containsEntry("quarkus.http.port", "9000");
    }

    @Test
    void sourcesAndSinksRepeatAndMayHoldCommas() {
        assertThat(flags.settings(flags.parse("--sink=log", "--sink=influxdb:http://h:8086?db=a,b", "--source=host")))
                .containsEntry("heapster.scraper.sources[0]", "host")
                .containsEntry("heapster.sink.sinks[0]", "log")
                .containsEntry("heapster.sink.sinks[1]", "influxdb:http://h:8086?db=a,b");
    }

    @Test
    void withoutFlagsNothingIsSet() {
        assertThat(flags.settings(flags.parse())).isEmpty();
    }

    @Test
    void aResolutionBelowFiveSecondsIsRefusedWithTheCure() {
        assertThatThrownBy(() -> flags.settings(flags.parse("--metric_resolution=2s")))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessageContaining("metric_resolution")
                .hasMessageContaining("2s")
                .hasMessageContaining("5s");
    }

    @Test
    void whatScraperAndModelMustAgreeOnIsSetForBoth() {
        assertThat(flags.settings(flags.parse("--label_separator=;", "--model_resolution=1m")))
                .containsEntry("heapster.scraper.label-separator", ";")
                .containsEntry("heapster.model.label-separator", ";")
                .containsEntry("heapster.model.resolution", "60s");
    }

    @Test
    void flagsOfTheServicesAreTheirSettings() {
        assertThat(flags.settings(flags.parse("--only_label=app,tier", "--events=false", "--sink_api_token_file=/t")))
                .containsEntry("heapster.scraper.only-labels[0]", "app")
                .containsEntry("heapster.scraper.only-labels[1]", "tier")
                .containsEntry("heapster.scraper.events", "false")
                .containsEntry("heapster.sink.api.token-file", "/t");
    }

    @Test
    void flagsOfOldThatNoLongerDoAnythingAreNamed() {
        assertThat(flags.parse("--stats_resolution=30s").notices())
                .singleElement()
                .asString()
                .contains("stats_resolution", "metric_resolution");
    }

    @Test
    void dataLiesInTheHomeDirectoryUnlessSaidOtherwise() {
        assertThat(flags.dataDirectory(flags.parse())).isEqualTo(Path.of(System.getProperty("user.home"), ".heapster"));
        assertThat(flags.dataDirectory(flags.parse("--data_dir=/tmp/x"))).isEqualTo(Path.of("/tmp/x"));
        assertThat(flags.retention(flags.parse())).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void theHelpNamesEveryFlagThatDoesSomething() {
        assertThat(flags.help()).contains("--source", "--sink", "--metric_resolution", "--data_dir", "--listen_ip");
        assertThat(flags.help().lines()).allMatch(line -> line.length() <= 100);
    }
}
