package io.heapster.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The figures the pipeline must show for the second of two ticks, from the documents the kubelets and the API server sent.
 * Shares no code with the pipeline and takes no short cuts.
 *
 * <p>Left out: {@code uptime}, which depends on when one looks. Never summed from containers to pods: what is left
 * ({@code memory/available}) and the shares of pressure stall, whose sums mean nothing.
 */
public final class Oracle {
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final List<String> REQUESTS_AND_LIMITS = List.of(
            "cpu/request",
            "cpu/limit",
            "memory/request",
            "memory/limit",
            "ephemeral_storage/request",
            "ephemeral_storage/limit");
    private static final List<String> SUMMED_FROM_CONTAINERS = List.of(
            "cpu/usage_rate",
            "memory/usage",
            "memory/rss",
            "memory/working_set",
            "memory/page_faults_rate",
            "memory/major_page_faults_rate",
            "swap/usage",
            "ephemeral_storage/usage",
            "restart_count");
    private static final List<String> SUMMED_TO_NAMESPACES = List.of(
            "cpu/usage_rate",
            "cpu/request",
            "cpu/limit",
            "memory/usage",
            "memory/working_set",
            "memory/request",
            "memory/limit",
            "network/rx_rate",
            "network/tx_rate");
    private static final Map<String, String> SUMMED_FROM_NODES = Map.of(
            "cpu/usage_rate", "cpu/nodes_usage_rate",
            "memory/usage", "memory/nodes_usage",
            "memory/working_set", "memory/nodes_working_set",
            "network/rx_rate", "network/nodes_rx_rate",
            "network/tx_rate", "network/nodes_tx_rate");

    /**
     * What one kubelet answered.
     *
     * @param first in the first tick; null when it did not answer
     * @param second in the second tick
     */
    public record Rounds(@Nullable JsonNode first, JsonNode second) {}

    private final JsonNode podList;
    private final JsonNode nodeList;
    private final Map<Figure, BigDecimal> figures = new TreeMap<>();

    private Oracle(JsonNode podList, JsonNode nodeList) {
        this.podList = podList;
        this.nodeList = nodeList;
    }

    /**
     * All figures of the second tick.
     *
     * @param kubelets the summaries of each node
     * @param podList the API server's pods in the second tick
     * @param nodeList the API server's nodes in the second tick
     */
    public static Map<Figure, BigDecimal> figures(List<Rounds> kubelets, JsonNode podList, JsonNode nodeList) {
        Oracle oracle = new Oracle(podList, nodeList);
        for (Rounds kubelet : kubelets) {
            oracle.node(kubelet.first(), kubelet.second());
        }
        oracle.sumNamespaces();
        oracle.sumCluster();
        oracle.sumNodes(kubelets.size());
        return oracle.figures;
    }

    // One node

    private void node(@Nullable JsonNode firstSummary, JsonNode secondSummary) {
        JsonNode node = secondSummary.path("node");
        JsonNode before = firstSummary == null ? null : firstSummary.path("node");
        String name = node.path("nodeName").asText();
        String key = "node:" + name;
        processorAndMemory(key, before, node);
        network(key, before, node);
        filesystem(key, "/", node.path("fs"));
        put(key, "ephemeral_storage/usage", number(node.path("fs"), "usedBytes"));
        for (JsonNode container : node.path("systemContainers")) {
            JsonNode containerBefore = before == null
                    ? null
                    : named(
                            before.path("systemContainers"),
                            container.path("name").asText());
            String shown =
                    switch (container.path("name").asText()) {
                        case "runtime" -> "docker-daemon";
                        case "misc" -> "system";
                        default -> container.path("name").asText();
                    };
            processorAndMemory(key + "/container:" + shown, containerBefore, container);
        }
        List<String> podKeys = new ArrayList<>();
        for (JsonNode pod : latest(secondSummary.path("pods"), Oracle::podName)) {
            JsonNode podBefore = firstSummary == null ? null : samePod(firstSummary.path("pods"), pod);
            podKeys.add(pod(podBefore, pod));
        }
        for (String metric : REQUESTS_AND_LIMITS) {
            sum(key, metric, podKeys);
        }
        for (JsonNode object : nodeList.path("items")) {
            if (object.path("metadata").path("name").asText().equals(name)) {
                capacity(key, object.path("status"));
            }
        }
    }

    private void capacity(String key, JsonNode status) {
        amount(key, "cpu", "cpu", status, Quantity::millis, "cpu/usage_rate");
        amount(key, "memory", "memory", status, Quantity::whole, "memory/usage");
        amount(key, "ephemeral_storage", "ephemeral-storage", status, Quantity::whole, "ephemeral_storage/usage");
    }

    private interface Reading {
        BigDecimal of(String text);
    }

    private void amount(
            String key, String family, String resource, JsonNode status, Reading reading, String usageMetric) {
        JsonNode capacity = status.path("capacity").path(resource);
        if (capacity.isTextual()) {
            put(key, family + "/node_capacity", reading.of(capacity.asText()));
        }
        JsonNode allocatable = status.path("allocatable").path(resource);
        if (allocatable.isTextual()) {
            BigDecimal whole = reading.of(allocatable.asText());
            put(key, family + "/node_allocatable", whole);
            share(key, family + "/node_utilization", figures.get(Figure.of(key, usageMetric)), whole);
            share(key, family + "/node_reservation", figures.get(Figure.of(key, family + "/request")), whole);
        }
    }

    private void share(String key, String metric, @Nullable BigDecimal part, BigDecimal whole) {
        if (part != null && whole.signum() != 0) {
            double quotient = part.doubleValue() / whole.doubleValue();
            put(key, metric, new BigDecimal(quotient).setScale(6, RoundingMode.HALF_EVEN));
        }
    }

    // One pod

    private String pod(@Nullable JsonNode before, JsonNode pod) {
        String key = "namespace:" + pod.path("podRef").path("namespace").asText() + "/pod:"
                + pod.path("podRef").path("name").asText();
        processorAndMemory(key, before, pod);
        network(key, before, pod);
        for (JsonNode volume : pod.path("volume")) {
            filesystem(key, "Volume:" + volume.path("name").asText(), volume);
        }
        put(key, "ephemeral_storage/usage", number(pod.path("ephemeral-storage"), "usedBytes"));
        put(key, "process/count", number(pod.path("process_stats"), "process_count"));
        List<String> containerKeys = new ArrayList<>();
        for (JsonNode container : latest(pod.path("containers"), json -> json.path("name"))) {
            JsonNode containerBefore = before == null
                    ? null
                    : named(before.path("containers"), container.path("name").asText());
            String containerKey = key + "/container:" + container.path("name").asText();
            containerKeys.add(containerKey);
            container(containerKey, containerBefore, container);
        }
        JsonNode object = podObject(pod.path("podRef"));
        if (object != null) {
            specification(key, object, containerKeys);
        }
        for (String metric : REQUESTS_AND_LIMITS) {
            sum(key, metric, containerKeys);
        }
        for (String metric : SUMMED_FROM_CONTAINERS) {
            sum(key, metric, containerKeys);
        }
        return key;
    }

    private void container(String key, @Nullable JsonNode before, JsonNode container) {
        processorAndMemory(key, before, container);
        filesystem(key, "/", container.path("rootfs"));
        filesystem(key, "logs", container.path("logs"));
        BigDecimal rootfs = number(container.path("rootfs"), "usedBytes");
        BigDecimal logs = number(container.path("logs"), "usedBytes");
        if (rootfs != null || logs != null) {
            put(key, "ephemeral_storage/usage", orZero(rootfs).add(orZero(logs)));
        }
        for (JsonNode accelerator : container.path("accelerators")) {
            Map<String, String> labels = Map.of(
                    "make", accelerator.path("make").asText(),
                    "model", accelerator.path("model").asText(),
                    "accelerator_id", accelerator.path("id").asText());
            put(new Figure(key, "accelerator/memory_total", labels), number(accelerator, "memoryTotal"));
            put(new Figure(key, "accelerator/memory_used", labels), number(accelerator, "memoryUsed"));
            put(new Figure(key, "accelerator/duty_cycle", labels), number(accelerator, "dutyCycle"));
        }
        for (JsonNode custom : container.path("userDefinedMetrics")) {
            put(key, "custom/" + custom.path("name").asText(), number(custom, "value"));
        }
    }

    private void specification(String podKey, JsonNode object, List<String> containerKeys) {
        for (JsonNode container : object.path("spec").path("containers")) {
            String name = container.path("name").asText();
            String key = podKey + "/container:" + name;
            boolean running = containerKeys.contains(key);
            if (!running) {
                containerKeys.add(key);
            }
            JsonNode resources = container.path("resources");
            put(key, "cpu/request", amount(resources, "requests", "cpu", Quantity::millis));
            put(key, "cpu/limit", amount(resources, "limits", "cpu", Quantity::millis));
            put(key, "memory/request", amount(resources, "requests", "memory", Quantity::whole));
            put(key, "memory/limit", amount(resources, "limits", "memory", Quantity::whole));
            put(key, "ephemeral_storage/request", amount(resources, "requests", "ephemeral-storage", Quantity::whole));
            put(key, "ephemeral_storage/limit", amount(resources, "limits", "ephemeral-storage", Quantity::whole));
            JsonNode status = named(object.path("status").path("containerStatuses"), name);
            if (running && status != null) {
                put(key, "restart_count", number(status, "restartCount"));
            }
        }
    }

    private static BigDecimal amount(JsonNode resources, String group, String resource, Reading reading) {
        JsonNode text = resources.path(group).path(resource);
        return text.isTextual() ? reading.of(text.asText()) : BigDecimal.ZERO;
    }

    /** The pod of this UID. A static pod's own UID is in an annotation of the object that mirrors it. */
    private @Nullable JsonNode podObject(JsonNode reference) {
        for (JsonNode object : podList.path("items")) {
            JsonNode metadata = object.path("metadata");
            String uid = reference.path("uid").asText();
            boolean sameUid = metadata.path("uid").asText().equals(uid)
                    || metadata.path("annotations")
                            .path("kubernetes.io/config.hash")
                            .asText()
                            .equals(uid);
            if (sameUid
                    && metadata.path("name").equals(reference.path("name"))
                    && metadata.path("namespace").equals(reference.path("namespace"))) {
                return object;
            }
        }
        return null;
    }

    // Blocks of figures

    private void processorAndMemory(String key, @Nullable JsonNode before, JsonNode now) {
        JsonNode cpu = now.path("cpu");
        put(key, "cpu/usage", number(cpu, "usageCoreNanoSeconds"));
        BigDecimal cores = rate(before, now, "cpu", "usageCoreNanoSeconds");
        if (cores != null) {
            // Nanoseconds a second; a millionth of it is millicores.
            put(key, "cpu/usage_rate", cores.movePointLeft(6).setScale(0, RoundingMode.DOWN));
        }
        stall(key, "cpu", cpu);
        JsonNode memory = now.path("memory");
        put(key, "memory/usage", number(memory, "usageBytes"));
        put(key, "memory/working_set", number(memory, "workingSetBytes"));
        put(key, "memory/rss", number(memory, "rssBytes"));
        put(key, "memory/available", number(memory, "availableBytes"));
        put(key, "memory/page_faults", number(memory, "pageFaults"));
        put(key, "memory/major_page_faults", number(memory, "majorPageFaults"));
        put(key, "memory/page_faults_rate", rounded(rate(before, now, "memory", "pageFaults")));
        put(key, "memory/major_page_faults_rate", rounded(rate(before, now, "memory", "majorPageFaults")));
        stall(key, "memory", memory);
        stall(key, "io", now.path("io"));
        put(key, "swap/usage", number(now.path("swap"), "swapUsageBytes"));
        put(key, "swap/available", number(now.path("swap"), "swapAvailableBytes"));
    }

    private void stall(String key, String family, JsonNode block) {
        for (String who : List.of("some", "full")) {
            JsonNode stall = block.path("psi").path(who);
            put(key, family + "/psi_" + who, number(stall, "total"));
            put(key, family + "/psi_" + who + "_avg10", rounded(number(stall, "avg10")));
        }
    }

    private void network(String key, @Nullable JsonNode before, JsonNode now) {
        counter(key, "network/rx", before, now, "rxBytes");
        counter(key, "network/rx_errors", before, now, "rxErrors");
        counter(key, "network/tx", before, now, "txBytes");
        counter(key, "network/tx_errors", before, now, "txErrors");
    }

    private void counter(String key, String metric, @Nullable JsonNode before, JsonNode now, String field) {
        put(key, metric, number(now.path("network"), field));
        put(key, metric + "_rate", rounded(rate(before, now, "network", field)));
    }

    private void filesystem(String key, String resourceId, JsonNode block) {
        put(Figure.of(key, "filesystem/usage", resourceId), number(block, "usedBytes"));
        put(Figure.of(key, "filesystem/limit", resourceId), number(block, "capacityBytes"));
        put(Figure.of(key, "filesystem/available", resourceId), number(block, "availableBytes"));
        put(Figure.of(key, "filesystem/inodes", resourceId), number(block, "inodes"));
        put(Figure.of(key, "filesystem/inodes_free", resourceId), number(block, "inodesFree"));
    }

    /** Growth a second between two samples of one start time, the newer one later and not smaller; else null. */
    private static @Nullable BigDecimal rate(@Nullable JsonNode before, JsonNode now, String block, String field) {
        if (before == null || !before.path("startTime").equals(now.path("startTime"))) {
            return null;
        }
        JsonNode timeBefore = before.path(block).path("time");
        JsonNode timeNow = now.path(block).path("time");
        BigDecimal valueBefore = number(before.path(block), field);
        BigDecimal valueNow = number(now.path(block), field);
        if (!timeBefore.isTextual() || !timeNow.isTextual() || valueBefore == null || valueNow == null) {
            return null;
        }
        Duration between = Duration.between(Instant.parse(timeBefore.asText()), Instant.parse(timeNow.asText()));
        if (between.isNegative() || between.isZero() || valueNow.compareTo(valueBefore) < 0) {
            return null;
        }
        return valueNow.subtract(valueBefore)
                .multiply(NANOS_PER_SECOND)
                .divide(BigDecimal.valueOf(between.toNanos()), 20, RoundingMode.HALF_EVEN);
    }

    // Sums

    private void sumNamespaces() {
        Map<String, List<String>> podsByNamespace = new TreeMap<>();
        for (Figure figure : List.copyOf(figures.keySet())) {
            String key = figure.entity();
            if (key.startsWith("namespace:") && key.contains("/pod:") && !key.contains("/container:")) {
                List<String> pods = podsByNamespace.computeIfAbsent(
                        key.substring(0, key.indexOf("/pod:")), namespace -> new ArrayList<>());
                if (!pods.contains(key)) {
                    pods.add(key);
                }
            }
        }
        podsByNamespace.forEach((namespace, pods) -> {
            for (String metric : SUMMED_TO_NAMESPACES) {
                List<String> counted = new ArrayList<>(pods);
                if (metric.startsWith("network/")) {
                    counted.removeIf(this::usesHostNetwork);
                }
                sum(namespace, metric, counted);
            }
        });
    }

    private void sumCluster() {
        List<String> namespaces = figures.keySet().stream()
                .map(Figure::entity)
                .filter(key -> key.startsWith("namespace:") && !key.contains("/pod:"))
                .distinct()
                .toList();
        for (String metric : SUMMED_TO_NAMESPACES) {
            sum("cluster", metric, namespaces);
        }
    }

    /** All kubelets answered in the second tick, so each sum covers all nodes. */
    private void sumNodes(int nodes) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        List<String> summed = new ArrayList<>(List.of("cluster"));
        figures.forEach((figure, value) -> {
            String key = figure.entity();
            String whole = SUMMED_FROM_NODES.get(figure.metric());
            if (key.startsWith("node:") && !key.contains("/container:") && whole != null) {
                sums.merge(whole, value, BigDecimal::add);
            }
            if (key.startsWith("namespace:") && !key.contains("/pod:")) {
                summed.add(key);
            }
        });
        sums.forEach((metric, sum) -> put("cluster", metric, sum));
        for (String key : summed) {
            put(key, "nodes/covered", BigDecimal.valueOf(nodes));
            put(key, "nodes/known", BigDecimal.valueOf(nodes));
        }
    }

    private boolean usesHostNetwork(String podKey) {
        for (JsonNode object : podList.path("items")) {
            String key =
                    "namespace:" + object.path("metadata").path("namespace").asText() + "/pod:"
                            + object.path("metadata").path("name").asText();
            if (key.equals(podKey)) {
                return object.path("spec").path("hostNetwork").asBoolean();
            }
        }
        return false;
    }

    /** The sum of those parts that have the metric, unless the whole has it already or no part has it. */
    private void sum(String whole, String metric, List<String> parts) {
        BigDecimal sum = null;
        for (String part : parts) {
            BigDecimal value = figures.get(Figure.of(part, metric));
            if (value != null) {
                sum = orZero(sum).add(value);
            }
        }
        if (sum != null && !figures.containsKey(Figure.of(whole, metric))) {
            figures.put(Figure.of(whole, metric), sum);
        }
    }

    // Finding things in JSON

    private static @Nullable JsonNode named(JsonNode list, String name) {
        for (JsonNode one : latest(list, json -> json.path("name"))) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        return null;
    }

    private static @Nullable JsonNode samePod(JsonNode list, JsonNode pod) {
        for (JsonNode one : latest(list, Oracle::podName)) {
            if (one.path("podRef").equals(pod.path("podRef"))) {
                return one;
            }
        }
        return null;
    }

    private static JsonNode podName(JsonNode pod) {
        ObjectNode reference = pod.path("podRef").deepCopy();
        reference.remove("uid");
        return reference;
    }

    /** Of those with one name, the one started last. */
    private static List<JsonNode> latest(JsonNode list, UnaryOperator<JsonNode> name) {
        Map<String, JsonNode> byName = new TreeMap<>();
        for (JsonNode one : list) {
            byName.merge(
                    name.apply(one).toString(),
                    one,
                    (known, other) -> startOf(other).isAfter(startOf(known)) ? other : known);
        }
        return List.copyOf(byName.values());
    }

    private static Instant startOf(JsonNode entity) {
        JsonNode start = entity.path("startTime");
        return start.isTextual() ? Instant.parse(start.asText()) : Instant.MIN;
    }

    private static @Nullable BigDecimal number(JsonNode block, String field) {
        JsonNode value = block.path(field);
        return value.isNumber() ? value.decimalValue() : null;
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal value) {
        return value == null ? null : value.setScale(3, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private void put(String key, String metric, @Nullable BigDecimal value) {
        put(Figure.of(key, metric), value);
    }

    private void put(Figure figure, @Nullable BigDecimal value) {
        if (value != null) {
            figures.put(figure, value);
        }
    }
}
