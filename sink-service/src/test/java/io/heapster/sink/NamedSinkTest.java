package io.heapster.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.sink.influxdb.InfluxDbSinkFactory;
import io.heapster.sink.log.LogSinkFactory;
import io.heapster.sink.spi.SinkFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedSinkTest {
    private static final List<SinkFactory> FACTORIES = List.of(new LogSinkFactory(), new InfluxDbSinkFactory());

    @Test
    void severalSinksOfAKindAreNumberedUnlessTheyAreNamed() {
        assertThat(sinks("influxdb:http://a:1", "log", "influxdb:http://b:1", "influxdb:http://c:1?name=archive"))
                .extracting(NamedSink::name)
                .containsExactly("influxdb", "log", "influxdb-2", "archive");
    }

    @Test
    void anUnknownKeyStopsTheStartNamingTheKnownOnes() {
        assertThatThrownBy(() -> sinks("influx:http://a:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("heapster.sink.sinks: there is no sink 'influx', use one of influxdb, log");
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> sinks("log:?name=x", "log:?name=x")).hasMessageContaining("a name no other sink has");
        assertThatThrownBy(() -> sinks("log:?name=a/b")).hasMessageContaining("letters, digits");
    }

    @Test
    void anUnknownOptionIsNoReasonNotToStart() {
        assertThat(sinks("influxdb:http://a:1?colour=blue")).hasSize(1);
    }

    @Test
    void everyKindOfSinkCanBeNarrowed() {
        assertThat(sinks("log:?metrics=cpu/*&exclude_metrics=*/limit&types=node&namespaces=shop&resolution=5m"))
                .hasSize(1);
        assertThatThrownBy(() -> sinks("log:?types=nodes")).hasMessageContaining("some of cluster");
    }

    @Test
    void aWrongOptionStopsTheStart() {
        assertThatThrownBy(() -> sinks("log:?format=xml")).hasMessageContaining("text or json");
    }

    private static List<NamedSink> sinks(String... uris) {
        return NamedSink.all(List.of(uris), FACTORIES, Map.of());
    }
}
