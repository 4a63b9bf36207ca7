package io.heapster.scraper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static ScraperConfig config(Map<String, String> properties) {
        Converter<MemorySize> sizes = text -> new MemorySize(new BigInteger(text.replaceAll("[MK]", ""))
                .multiply(BigInteger.valueOf(text.endsWith("M") ? 1 << 20 : 1 << 10)));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withConverter(MemorySize.class, 200, sizes)
                .withMapping(ScraperConfig.class)
                .build()
                .getConfigMapping(ScraperConfig.class);
    }

    @ParameterizedTest
    @CsvSource({"60s, PT10S", "1m30s, PT10S", "15s, PT5S", "6s, PT2S"})
    void theTimeoutIsAThirdOfTheResolutionAtMostTenSeconds(String resolution, Duration timeout) {
        assertThat(ScraperSettings.of(config(Map.of()), resolution, true).timeout())
                .isEqualTo(timeout);
    }

    @ParameterizedTest
    @CsvSource({"4s, too short", "fast, not a duration"})
    void aWrongResolutionStopsTheStartWithKeyValueAndCure(String resolution, String problem) {
        assertThatThrownBy(() -> ScraperSettings.of(config(Map.of()), resolution, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("heapster.metric-resolution", "'" + resolution + "'", problem, "give");
    }

    @Test
    void aTimeoutBeyondTheTickStopsTheStart() {
        assertThatThrownBy(() -> ScraperSettings.of(config(Map.of("heapster.scraper.timeout", "10s")), "10s", true))
                .hasMessage(
                        "heapster.scraper.timeout: '10s' is not accepted, give 100ms to 9s (the resolution less 1s)");
    }

    @ParameterizedTest
    @CsvSource({"heapster.scraper.max-label-length, 0", "heapster.scraper.max-entities, -1"})
    void aLimitOfNothingStopsTheStart(String key, String value) {
        assertThatThrownBy(() -> ScraperSettings.of(config(Map.of(key, value)), "60s", true))
                .hasMessage(key + ": '" + value + "' is not accepted, give 1 or more");
    }

    @Test
    void heapstersFlagsBecomeSettings() {
        assertThat(ScraperFlags.settings(ScraperFlags.SET.parse(
                        "-source=host:?node=${NAME}",
                        "--source=kubernetes:https://kubernetes.default",
                        "--metric-resolution",
                        "30s",
                        "--heapster-port=8082",
                        "--store_label=a,b=c",
                        "--only_label=a",
                        "--events=false",
                        "--ignore-label=d")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "heapster.scraper.events", "false",
                        "heapster.scraper.sources[0]", "host:?node=\\${NAME}",
                        "heapster.scraper.sources[1]", "kubernetes:https://kubernetes.default",
                        "heapster.metric-resolution", "30s",
                        "quarkus.http.port", "8082",
                        "heapster.scraper.store-labels[0]", "a",
                        "heapster.scraper.store-labels[1]", "b=c",
                        "heapster.scraper.only-labels[0]", "a",
                        "heapster.scraper.ignore-labels[0]", "d"));
    }
}
