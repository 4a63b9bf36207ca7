package io.heapster.sink.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.TestEvents;
import io.heapster.sink.spi.TextBuffer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSinkTest {
    private static final long TICK = Instant.parse("2026-11-21T10:00:00Z").toEpochMilli();
    private static final NodeKey NODE = new NodeKey("default", "node-1");

    @Test
    void aLineAnEntityAndTick() {
        assertThat(written(new TextFormat())).isEqualTo("""
                        2026-11-21T10:00:00Z node:node-1 cpu/usage_rate=15 network/rx_rate=12.5 filesystem/usage{resource_id:/}=13340
                        2026-11-21T10:00:00Z namespace:shop/pod:two lines cpu/usage_rate=3
                        2026-11-21T10:00:00Z node:node-1 failed: timeout: no answer in 10 s
                        """);
    }

    @Test
    void anObjectAnEntityAndTick() {
        assertThat(written(new JsonFormat())).isEqualTo("""
                        {"tick":"2026-11-21T10:00:00Z","cluster":"default","type":"node","key":"node:node-1","labels":{"nodename":"node-1"},"values":{"cpu/usage_rate":15,"network/rx_rate":12.5},"resources":[{"labels":{"resource_id":"/"},"values":{"filesystem/usage":13340}}]}
                        {"tick":"2026-11-21T10:00:00Z","cluster":"default","type":"pod","key":"namespace:shop/pod:two\\u000alines","labels":{"namespace_name":"shop","pod_name":"two\\u000alines"},"values":{"cpu/usage_rate":3}}
                        {"tick":"2026-11-21T10:00:00Z","cluster":"default","node":"node-1","outcome":"failed","reason":"timeout: no answer in 10 s"}
                        """);
    }

    @Test
    void aLineAnEvent() {
        EventRecord event = TestEvents.of("one", 5, "Back-off restarting\nfailed container");
        TextBuffer text = new TextBuffer(64);
        new TextFormat().event(event, text);
        assertThat(text)
                .hasToString("2017-06-01T12:05:00Z event Warning BackOff Pod shop/web (kubelet node-1, 5 times):"
                        + " Back-off restarting failed container\n");

        text.truncate(0);
        new JsonFormat().event(event, text);
        assertThat(text.toString())
                .startsWith("{\"time\":\"2017-06-01T12:05:00Z\",\"cluster\":\"default\",\"type\":\"event\",\"event\":{")
                .endsWith("}}\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void eventsAreLeftOutWhereTheUserDoesNotWantThem() {
        assertThat(new LogSinkFactory()
                        .create(ComponentUri.parse("log", Map.of()))
                        .takesEvents())
                .isTrue();
        assertThat(new LogSinkFactory()
                        .create(ComponentUri.parse("log:?events=false", Map.of()))
                        .takesEvents())
                .isFalse();
    }

    private static String written(LogFormat format) {
        Entity node = new Entity(EntityType.NODE, Labels.of("nodename", "node-1"));
        node.samples().add(Metrics.CPU_USAGE_RATE, 15L);
        node.samples().add(Metrics.NETWORK_RX_RATE, 12.5);
        node.resource(Labels.of("resource_id", "/")).add(Metrics.FILESYSTEM_USAGE, 13_340L);
        Entity pod = new Entity(EntityType.POD, Labels.of("namespace_name", "shop", "pod_name", "two\nlines"));
        pod.samples().add(Metrics.CPU_USAGE_RATE, 3L);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LogSink(format, true, out)
                .write(List.of(
                        SampleBatch.ok(NODE, TICK, 60_000, List.of(node, pod)),
                        SampleBatch.failed(NODE, TICK, 60_000, "timeout: no answer in 10 s")));
        return out.toString(UTF_8);
    }
}
