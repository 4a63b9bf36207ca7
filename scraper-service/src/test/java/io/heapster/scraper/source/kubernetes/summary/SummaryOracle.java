package io.heapster.scraper.source.kubernetes.summary;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same decoding, slow and plain, over Jackson's tree: what the decoder has to agree with. For documents whose values
 * have the right types.
 */
final class SummaryOracle {
    private static final Map<String, String> SYSTEM_NAMES = Map.of("runtime", "docker-daemon", "misc", "system");

    private final Map<String, Map<String, Number>> values = new LinkedHashMap<>();
    private final Map<String, Long> starts = new LinkedHashMap<>();

    /** Values by entity key; times are {@code @start}, {@code @measured} and {@code @network}. */
    static Map<String, Map<String, Number>> values(JsonNode summary) {
        SummaryOracle oracle = new SummaryOracle();
        JsonNode node = summary.path("node");
        oracle.add("node:node-1", node, all -> {
            if (node.at("/fs/usedBytes").isNumber()) {
                all.put("ephemeral_storage/usage", node.at("/fs/usedBytes").longValue());
            }
            filesystem(all, node.path("fs"), "/");
        });
        for (JsonNode container : node.path("systemContainers")) {
            String name = container.path("name").asText();
            oracle.add("node:node-1/container:" + SYSTEM_NAMES.getOrDefault(name, name), container, all -> {});
        }
        for (JsonNode pod : summary.path("pods")) {
            oracle.pod(pod);
        }
        return oracle.values;
    }

    private void pod(JsonNode pod) {
        String key = "namespace:" + pod.at("/podRef/namespace").asText() + "/pod:"
                + pod.at("/podRef/name").asText();
        boolean counts = add(key, pod, all -> {
            for (JsonNode volume : pod.path("volume")) {
                filesystem(all, volume, "Volume:" + volume.path("name").asText());
            }
            if (pod.at("/ephemeral-storage/usedBytes").isNumber()) {
                all.put(
                        "ephemeral_storage/usage",
                        pod.at("/ephemeral-storage/usedBytes").longValue());
            }
        });
        if (!counts) {
            return;
        }
        values.keySet().removeIf(other -> other.startsWith(key + "/container:"));
        starts.keySet().removeIf(other -> other.startsWith(key + "/container:"));
        for (JsonNode container : pod.path("containers")) {
            add(key + "/container:" + container.path("name").asText(), container, all -> {
                filesystem(all, container.path("rootfs"), "/");
                filesystem(all, container.path("logs"), "logs");
                if (container.at("/rootfs/usedBytes").isNumber()
                        && container.at("/logs/usedBytes").isNumber()) {
                    all.put(
                            "ephemeral_storage/usage",
                            container.at("/rootfs/usedBytes").longValue()
                                    + container.at("/logs/usedBytes").longValue());
                }
                for (JsonNode gpu : container.path("accelerators")) {
                    String labels = "{accelerator_id:" + gpu.path("id").asText() + ",make:"
                            + gpu.path("make").asText() + ",model:"
                            + gpu.path("model").asText() + "}";
                    put(all, "accelerator/memory_total" + labels, gpu.path("memoryTotal"));
                    put(all, "accelerator/memory_used" + labels, gpu.path("memoryUsed"));
                    put(all, "accelerator/duty_cycle" + labels, gpu.path("dutyCycle"));
                }
                for (JsonNode metric : container.path("userDefinedMetrics")) {
                    all.put(
                            "custom/" + metric.path("name").asText(),
                            metric.path("value").doubleValue());
                }
            });
        }
    }

    private interface Extras {
        void addTo(Map<String, Number> all);
    }

    private boolean add(String key, JsonNode entity, Extras extras) {
        long start = time(entity.path("startTime"));
        if (starts.containsKey(key) && starts.getOrDefault(key, 0L) >= start) {
            return false;
        }
        starts.put(key, start);
        Map<String, Number> all = new TreeMap<>();
        values.put(key, all);
        long network = time(entity.at("/network/time"));
        long measured = time(entity.at("/cpu/time"));
        measured = measured != 0 ? measured : time(entity.at("/memory/time"));
        measured = measured != 0 ? measured : network;
        all.put("@start", start);
        all.put("@measured", measured);
        all.put("@network", network == measured ? 0 : network);
        long now = measured != 0 ? measured : Documents.ANSWERED;
        if (start != 0 && now >= start) {
            all.put("uptime", now - start);
        }
        put(all, "cpu/usage", entity.at("/cpu/usageCoreNanoSeconds"));
        put(all, "memory/usage", entity.at("/memory/usageBytes"));
        put(all, "memory/rss", entity.at("/memory/rssBytes"));
        put(all, "memory/working_set", entity.at("/memory/workingSetBytes"));
        put(all, "memory/available", entity.at("/memory/availableBytes"));
        put(all, "memory/page_faults", entity.at("/memory/pageFaults"));
        put(all, "memory/major_page_faults", entity.at("/memory/majorPageFaults"));
        put(all, "swap/usage", entity.at("/swap/swapUsageBytes"));
        put(all, "swap/available", entity.at("/swap/swapAvailableBytes"));
        put(all, "process/count", entity.at("/process_stats/process_count"));
        network(all, "network/rx", entity, "rxBytes");
        network(all, "network/rx_errors", entity, "rxErrors");
        network(all, "network/tx", entity, "txBytes");
        network(all, "network/tx_errors", entity, "txErrors");
        for (String block : new String[] {"cpu", "memory", "io"}) {
            for (String who : new String[] {"some", "full"}) {
                JsonNode share = entity.at("/" + block + "/psi/" + who);
                put(all, block + "/psi_" + who, share.path("total"));
                if (share.path("avg10").isNumber()) {
                    all.put(
                            block + "/psi_" + who + "_avg10",
                            share.path("avg10").doubleValue());
                }
            }
        }
        extras.addTo(all);
        return true;
    }

    private static void network(Map<String, Number> all, String metric, JsonNode entity, String field) {
        JsonNode network = entity.path("network");
        if (network.path(field).isNumber()) {
            put(all, metric, network.path(field));
            return;
        }
        for (JsonNode one : network.path("interfaces")) {
            if (one.path(field).isNumber()) {
                all.merge(metric, one.path(field).longValue(), (a, b) -> a.longValue() + b.longValue());
            }
        }
    }

    private static void filesystem(Map<String, Number> all, JsonNode fs, String resource) {
        String labels = "{resource_id:" + resource + "}";
        put(all, "filesystem/usage" + labels, fs.path("usedBytes"));
        put(all, "filesystem/limit" + labels, fs.path("capacityBytes"));
        put(all, "filesystem/available" + labels, fs.path("availableBytes"));
        put(all, "filesystem/inodes" + labels, fs.path("inodes"));
        put(all, "filesystem/inodes_free" + labels, fs.path("inodesFree"));
    }

    private static void put(Map<String, Number> all, String name, JsonNode value) {
        if (value.isNumber()) {
            all.put(name, value.longValue());
        }
    }

    private static long time(JsonNode time) {
        return time.isTextual() ? Instant.parse(time.asText()).toEpochMilli() : 0;
    }
}
