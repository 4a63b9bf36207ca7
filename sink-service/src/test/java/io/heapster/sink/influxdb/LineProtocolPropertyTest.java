package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LineProtocolPropertyTest {

    @Property
    void whatIsWrittenIsReadBack(
            @ForAll("labels") Map<String, String> labels, @ForAll long counter, @ForAll double share) {
        Entity entity = new Entity(EntityType.POD, Labels.of(labels));
        entity.samples().add(Metrics.CPU_USAGE, counter);
        entity.samples().add(Metrics.CPU_NODE_UTILIZATION, share);
        LineEncoder encoder = new LineEncoder(InfluxDbOptions.of(ComponentUri.parse("influxdb:?schema=v1", Map.of())));
        encoder.encode(List.of(SampleBatch.ok(new NodeKey("c", "n"), 60_000, 60_000, List.of(entity))));

        String[] lines = encoder.lines().toString().split("\n", -1);
        assertThat(lines).hasSize(3);
        Map<String, String> tags = new TreeMap<>(labels);
        tags.replaceAll((key, value) -> value.replaceAll("[\\x00-\\x1f]", " ").replaceAll("\\\\+$", ""));
        tags.values().removeIf(String::isEmpty);
        tags.put("type", "pod");
        tags.put("cluster_name", "c");
        assertThat(ParsedLine.of(lines[0]))
                .isEqualTo(new ParsedLine("cpu/usage", tags, Map.of("value", counter + "i"), 60));
        ParsedLine second = ParsedLine.of(lines[1]);
        assertThat(second.tags()).isEqualTo(tags);
        assertThat(Double.parseDouble(second.value())).isEqualTo(share);
    }

    @Provide
    Arbitrary<Map<String, String>> labels() {
        Arbitrary<String> keys =
                Arbitraries.strings().withChars("abc=, ").ofMinLength(1).ofMaxLength(6);
        Arbitrary<String> values =
                Arbitraries.strings().withChars(" ,=\\\"'\n\tab한é/:{}#").ofMaxLength(12);
        return Arbitraries.maps(keys, values).ofMaxSize(5);
    }
}
