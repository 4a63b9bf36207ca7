package io.heapster.model.resourcemetrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The samples that make the answers which a real metrics-server gave. */
final class RecordedCluster {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Long> UNITS = Map.of("Ki", 1L << 10, "Mi", 1L << 20, "n", 1L);

    private RecordedCluster() {}

    static String text(String file) throws IOException {
        try (InputStream in = RecordedCluster.class.getResourceAsStream("/metrics-api/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Two ticks of the one node, with its pods. */
    static List<SampleBatch> batches() throws IOException {
        long tick = Instant.parse("2026-11-21T08:45:00Z").toEpochMilli();
        List<SampleBatch> batches = new ArrayList<>();
        for (boolean second : new boolean[] {false, true}) {
            MeasuredCluster cluster = new MeasuredCluster("default", "node-1");
            for (JsonNode node : JSON.readTree(text("nodes.json")).get("items")) {
                cluster.node(labels(node));
                measured(cluster, node, node.get("usage"), second);
            }
            for (JsonNode pod : JSON.readTree(text("pods.json")).get("items")) {
                JsonNode metadata = pod.get("metadata");
                cluster.pod(
                        metadata.get("namespace").asText(), metadata.get("name").asText(), labels(pod));
                for (JsonNode container : pod.get("containers")) {
                    cluster.container(container.get("name").asText());
                    measured(cluster, pod, container.get("usage"), second);
                }
            }
            batches.add(cluster.at(second ? tick : tick - MeasuredCluster.RESOLUTION));
        }
        return batches;
    }

    private static String labels(JsonNode object) {
        List<String> labels = new ArrayList<>();
        object.get("metadata")
                .get("labels")
                .properties()
                .forEach(label ->
                        labels.add(label.getKey() + ":" + label.getValue().asText()));
        return String.join(",", labels);
    }

    private static void measured(MeasuredCluster cluster, JsonNode object, JsonNode usage, boolean second) {
        long end = Instant.parse(object.get("timestamp").asText()).toEpochMilli();
        long window = Durations.parse(object.get("window").asText()).toMillis();
        long nanocores = amount(usage.get("cpu").asText());
        // The least use of the window whose rate, cut off, is the recorded one.
        long nanos = (nanocores * window + 999) / 1000;
        long memory = amount(usage.get("memory").asText());
        long before = 5_000_000_000L;
        if (second) {
            cluster.measured(end, before + nanos, memory).rate(nanos / 1000 / window);
        } else {
            cluster.measured(end - window, before, memory);
        }
    }

    private static long amount(String quantity) {
        String number = quantity.replaceAll("[A-Za-z]", "");
        return Long.parseLong(number)
                * Objects.requireNonNull(UNITS.get(quantity.substring(number.length())), quantity);
    }
}
