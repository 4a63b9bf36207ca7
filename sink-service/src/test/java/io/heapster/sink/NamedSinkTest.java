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
                .hasMessage("sink 1, influx:http://a:1: there is no sink 'influx', use one of influxdb, log");
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

    @Test
    void anErrorSaysWhichUriItIsAboutAndShowsNoSecret() {
        assertThatThrownBy(() -> sinks("log", "influxdb:http://a:1?pw=geheim&retention=x"))
                .hasMessageStartingWith("sink 2, influxdb:http://a:1: option retention of influxdb: 'x'")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void aSinkThatIsNamedAgainStaysAsItIsAndKeepsItsName() {
        List<NamedSink> running = sinks("influxdb:http://a:1", "influxdb:http://b:1", "log");
        List<NamedSink> next = NamedSink.all(
                List.of("influxdb:http://c:1", "influxdb:http://b:1", "log:?format=json"),
                FACTORIES,
                Map.of(),
                running);
        assertThat(next).extracting(NamedSink::name).containsExactly("influxdb", "influxdb-2", "log");
        assertThat(next.get(1)).isSameAs(running.get(1));
        assertThat(running).doesNotContain(next.get(0), next.get(2));
    }

    @Test
    void oneThatIsNamedTwiceStaysOnce() {
        List<NamedSink> running = sinks("log");
        List<NamedSink> next = NamedSink.all(List.of("log", "log"), FACTORIES, Map.of(), running);
        assertThat(next).extracting(NamedSink::name).containsExactly("log", "log-2");
        assertThat(next.get(0)).isSameAs(running.get(0));
    }

    private static List<NamedSink> sinks(String... uris) {
        return NamedSink.all(List.of(uris), FACTORIES, Map.of(), List.of());
    }
}
