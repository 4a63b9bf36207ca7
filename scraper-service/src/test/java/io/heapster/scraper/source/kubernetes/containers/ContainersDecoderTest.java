package io.heapster.scraper.source.kubernetes.containers;

import static io.heapster.contract.metric.Metrics.ACCELERATOR_DUTY_CYCLE;
import static io.heapster.contract.metric.Metrics.CPU_LOAD;
import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.DISK_IO_READ_BYTES;
import static io.heapster.contract.metric.Metrics.DISK_IO_WRITE_BYTES;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_INODES;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_CACHE;
import static io.heapster.contract.metric.Metrics.MEMORY_MAJOR_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_RSS;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_WORKING_SET;
import static io.heapster.contract.metric.Metrics.NETWORK_RX;
import static io.heapster.contract.metric.Metrics.NETWORK_TX;
import static io.heapster.contract.metric.Metrics.NETWORK_TX_ERRORS;
import static io.heapster.contract.metric.Metrics.PROCESS_COUNT;
import static io.heapster.contract.metric.Metrics.UPTIME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ContainersDecoderTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final Labels NODE = Labels.of("nodename", "test", "hostname", "test-hostname");
    private static final long ANSWERED = 1_795_250_600_000L;
    private static final String CALLER = "namespace:shop/pod:caller";

    private static byte[] recorded(int round) {
        String path = "/kubernetes/v1.20.2/stats-container.post." + round + ".json.gz";
        try (InputStream in = Objects.requireNonNull(ContainersDecoderTest.class.getResourceAsStream(path), path);
                InputStream plain = new GZIPInputStream(in)) {
            return plain.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Reading decode(byte[] document) throws ScrapeException {
        return new ContainersDecoder().decode(document, document.length, NODE, ANSWERED);
    }

    private static Reading decode(String document) throws ScrapeException {
        return decode(document.getBytes(UTF_8));
    }

    private static Map<String, Entity> byKey(Reading reading) {
        Map<String, Entity> entities = new HashMap<>();
        for (Entity entity : reading.entities()) {
            assertThat(entities.put(entity.key(), entity)).as(entity.key()).isNull();
        }
        return entities;
    }

    private static Entity entity(Reading reading, String key) {
        return Objects.requireNonNull(byKey(reading).get(key), key);
    }

    private static long value(Entity entity, Metric metric) {
        return entity.samples().longOr(metric, Long.MIN_VALUE);
    }

    private static long value(Entity entity, String resource, Metric metric) {
        return entity.resource(Labels.of(LabelKey.RESOURCE_ID, resource)).longOr(metric, Long.MIN_VALUE);
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void namesContainersAsHeapsterDid() throws Exception {
        JsonNode all;
        try (InputStream in =
                ContainersDecoderTest.class.getResourceAsStream("/cases/02-kubelet-container-naming.json")) {
            all = JACKSON.readTree(in);
        }
        ObjectNode document = JACKSON.createObjectNode();
        for (JsonNode container : all.at("/input/containers")) {
            ObjectNode info = document.putObject("/" + document.size());
            info.set("name", container.get("name"));
            info.putObject("spec").put("has_cpu", true).set("labels", container.get("labels"));
            info.putArray("stats").addObject().put("timestamp", "2016-01-02T03:04:05Z");
        }

        Map<String, Entity> entities = byKey(decode(JACKSON.writeValueAsBytes(document)));

        Map<String, String> expected = new HashMap<>();
        all.get("expected")
                .forEach(set ->
                        expected.put(set.get("key").asText(), set.get("type").asText()));
        Map<String, String> types = new HashMap<>();
        entities.forEach((key, entity) -> types.put(key, entity.type().label()));
        assertThat(types).isEqualTo(expected);
    }

    @Test
    void theRecordedNodeIsTheRootGroupWithAllItsInterfaces() throws Exception {
        Entity node = decode(recorded(2)).entities().get(0);

        assertThat(node.key()).isEqualTo("node:test");
        assertThat(node.measuredMillis()).isEqualTo(millis("2026-11-21T08:29:36.867Z"));
        assertThat(value(node, CPU_USAGE)).isEqualTo(4_313_629_518_416L);
        assertThat(value(node, MEMORY_USAGE)).isEqualTo(13_047_906_304L);
        assertThat(value(node, MEMORY_WORKING_SET)).isEqualTo(7_358_595_072L);
        assertThat(value(node, MEMORY_CACHE)).isEqualTo(9_563_410_432L);
        assertThat(value(node, MEMORY_RSS)).isEqualTo(3_484_676_096L);
        assertThat(value(node, MEMORY_PAGE_FAULTS)).isEqualTo(358_099);
        assertThat(value(node, MEMORY_MAJOR_PAGE_FAULTS)).isEqualTo(35);
        assertThat(value(node, NETWORK_RX)).isEqualTo(248_862 + 868_120);
        assertThat(value(node, NETWORK_TX)).isEqualTo(6_474_721 + 27_558);
        assertThat(value(node, UPTIME))
                .isEqualTo(millis("2026-11-21T08:29:36.867Z") - millis("2026-11-21T08:10:39.425Z"));
        assertThat(value(node, "/dev/vda", FILESYSTEM_USAGE)).isEqualTo(43_629_588_480L);
        assertThat(value(node, "/run", FILESYSTEM_INODES)).isEqualTo(3_085_511);
        assertThat(node.samples().has(PROCESS_COUNT))
                .as("spec says it has none")
                .isFalse();
        assertThat(node.samples().has(CPU_LOAD)).as("not measured").isFalse();
    }

    @Test
    void aRecordedPodIsItsControlGroupWithTheNetworkOfItsSandbox() throws Exception {
        Reading reading = decode(recorded(2));
        Entity pod = entity(reading, CALLER);

        assertThat(pod.type()).isEqualTo(EntityType.POD);
        assertThat(pod.label(LabelKey.POD_ID)).isEqualTo("ba1198a9-4bfe-404c-a073-e4672d77e890");
        assertThat(value(pod, CPU_USAGE)).isEqualTo(3_060_556_368L);
        assertThat(value(pod, MEMORY_USAGE)).isEqualTo(14_565_376);
        assertThat(value(pod, NETWORK_RX)).isEqualTo(5_424);
        assertThat(pod.startMillis()).isEqualTo(millis("2026-11-21T08:28:24.257Z"));
        assertThat(pod.measuredMillis()).isEqualTo(millis("2026-11-21T08:29:42.766Z"));
        assertThat(pod.networkMeasuredMillis()).isEqualTo(millis("2026-11-21T08:29:41.929Z"));
        assertThat(pod.samples().has(MEMORY_PAGE_FAULTS))
                .as("of the group's own tasks only")
                .isFalse();
        assertThat(pod.samples().has(PROCESS_COUNT)).as("summed up later").isFalse();

        Entity container = entity(reading, CALLER + "/container:caller");
        assertThat(container.label(LabelKey.CONTAINER_BASE_IMAGE)).isEqualTo("localhost/busybox:1.35");
        assertThat(container.label(LabelKey.POD_ID)).isEqualTo(pod.label(LabelKey.POD_ID));
        assertThat(value(container, CPU_USAGE)).isEqualTo(2_852_399_763L);
        assertThat(value(container, PROCESS_COUNT)).isEqualTo(2);
        assertThat(container.samples().has(NETWORK_RX)).as("the pod's").isFalse();
    }

    @Test
    void podsFollowTheirContainersAndNothingWasLeftOver() throws Exception {
        Reading reading = decode(recorded(1));

        assertThat(reading.warnings()).isEmpty();
        assertThat(byKey(reading).keySet())
                .contains(
                        "node:test",
                        "node:test/container:kubepods",
                        "node:test/container:kubepods/burstable",
                        "node:test/container:system.slice/kubelet.service",
                        "namespace:shop/pod:crasher",
                        "namespace:shop/pod:crasher/container:crasher",
                        "namespace:kube-system/pod:hostnet/container:agent")
                .noneMatch(key -> key.startsWith("node:") && key.contains("/pod"));
        String pod = "";
        for (Entity entity : reading.entities()) {
            if (entity.type() == EntityType.POD) {
                pod = entity.key();
            } else if (entity.type() == EntityType.POD_CONTAINER) {
                assertThat(entity.key()).startsWith(pod + "/container:");
            }
        }
    }

    private static String info(String name, String labels, String created, long memory) {
        return """
            "%s": {"name": "%s", "spec": {"creation_time": "%s", "labels": {%s}, "has_memory": true},
            "stats": [{"timestamp": "2026-11-21T08:30:00Z", "memory": {"usage": %d}}]}\
            """.formatted(name, name, created, labels, memory);
    }

    private static String labels(String container, String uid) {
        return "\"io.kubernetes.container.name\": \"" + container + "\", \"io.kubernetes.pod.name\": \"web\","
                + "\"io.kubernetes.pod.namespace\": \"shop\", \"io.kubernetes.pod.uid\": \"" + uid + "\"";
    }

    @Test
    void ofAContainerAndOfAPodToldTwiceTheLaterOneCounts() throws Exception {
        String old = "00000000-0000-0000-0000-000000000001";
        String young = "00000000-0000-0000-0000-000000000002";
        List<String> infos = Arrays.asList(
                info("/a", labels("POD", old), "2026-11-21T08:00:00Z", 1),
                info("/b", labels("c", old), "2026-11-21T08:00:01Z", 2),
                info("/c", labels("POD", young), "2026-11-21T08:10:00Z", 3),
                info("/d", labels("c", young), "2026-11-21T08:10:01Z", 4),
                info("/e", labels("c", young), "2026-11-21T08:20:00Z", 5));
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(infos, new Random(seed));

            Reading reading = decode("{" + String.join(",", infos) + "}");

            assertThat(reading.entities()).hasSize(3);
            assertThat(entity(reading, "namespace:shop/pod:web").label(LabelKey.POD_ID))
                    .isEqualTo(young);
            assertThat(value(entity(reading, "namespace:shop/pod:web/container:c"), MEMORY_USAGE))
                    .isEqualTo(5);
        }
    }

    @Test
    void aSandboxWithoutAPodsGroupGivesThePodNoMemoryOfItsOwn() throws Exception {
        Reading reading = decode("{" + info("/docker/x", labels("POD", "u"), "2026-11-21T08:00:00Z", 1) + "}");

        Entity pod = entity(reading, "namespace:shop/pod:web");
        assertThat(pod.samples().has(MEMORY_USAGE)).isFalse();
        assertThat(pod.startMillis()).isEqualTo(millis("2026-11-21T08:00:00Z"));
    }

    @Test
    void aMemberThatNamesAnotherPodDoesNotRenameTheRest() throws Exception {
        String uid = "00000000-0000-0000-0000-000000000001";
        for (String lying : List.of("/a", "/z")) {
            Reading reading = decode("{"
                    + info(lying, labels("POD", uid).replace("\"web\"", "\"other\""), "2026-11-21T08:00:00Z", 1) + ","
                    + info("/b", labels("c", uid), "2026-11-21T08:00:00Z", 3) + "}");

            assertThat(value(entity(reading, "namespace:shop/pod:web/container:c"), MEMORY_USAGE))
                    .isEqualTo(3);
        }
    }

    @Test
    void aMemberWithAWrongUidTakesNothingFromTheRest() throws Exception {
        String uid = "00000000-0000-0000-0000-000000000001";
        String wrong = "00000000-0000-0000-0000-000000000002";
        String sandbox = info("/a", labels("POD", uid), "2026-11-21T08:10:00Z", 1);
        String container = info("/b", labels("c", uid), "2026-11-21T08:00:00Z", 3);
        String group = info("/kubepods/pod" + uid, "", "2026-11-21T08:00:00Z", 4);
        for (String lying : List.of(
                sandbox.replace("\"" + uid + "\"", "7") + "," + container,
                sandbox.replace("\"" + uid + "\"", "7") + "," + container + "," + group,
                sandbox.replace(uid, wrong) + "," + container + "," + group)) {
            Reading reading = decode("{" + lying + "}");

            assertThat(value(entity(reading, "namespace:shop/pod:web/container:c"), MEMORY_USAGE))
                    .as(lying)
                    .isEqualTo(3);
        }
    }

    @Test
    void groupsOfTheSystemdDriverAreThePodsToo() throws Exception {
        String uid = "00000000-0000-0000-0000-000000000001";
        String group =
                "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + uid.replace('-', '_') + ".slice";
        Reading reading = decode("{" + info(group, "", "2026-11-21T08:00:00Z", 7) + ","
                + info(group + "/cri-containerd-1.scope", labels("c", uid), "2026-11-21T08:00:00Z", 3) + "}");

        assertThat(value(entity(reading, "namespace:shop/pod:web"), MEMORY_USAGE))
                .isEqualTo(7);

        Reading alone = decode("{" + info(group, "", "2026-11-21T08:00:00Z", 7) + "}");
        assertThat(alone.entities())
                .extracting(Entity::type)
                .containsExactly(EntityType.NODE, EntityType.SYSTEM_CONTAINER);
    }

    @Test
    void disksAcceleratorsAndCustomMetricsAreReadAndTheLastStatsCount() throws Exception {
        Reading reading = decode("""
            {"/": {"name": "/", "aliases": null, "stats": [
              {"timestamp": "2026-11-21T08:29:00Z", "cpu": {"usage": {"total": 1}, "load_average": 3}},
              {"timestamp": "2026-11-21T08:30:00Z", "cpu": {"usage": {"total": 2}, "load_average": 5},
               "diskio": {"io_service_bytes": [
                 {"device": "/dev/sda", "major": 8, "minor": 0, "stats": {"Read": 10, "Write": 20, "Total": 30}},
                 {"device": "", "major": 8, "minor": 16, "stats": {"Read": 11, "Write": 21}}]},
               "network": {"name": "eth0", "rx_bytes": 5, "tx_bytes": 6, "rx_errors": 7, "tx_errors": 8},
               "accelerators": [{"make": "nvidia", "model": "k80", "id": "g1",
                 "memory_total": 100, "memory_used": 40, "duty_cycle": 12}],
               "custom_metrics": {
                 "queue": [{"timestamp": "2026-11-21T08:29:59Z", "int_value": 9},
                           {"timestamp": "2026-11-21T08:29:58Z", "int_value": 8}],
                 "share": [{"timestamp": "2026-11-21T08:29:59Z", "float_value": 0.5}],
                 "odd": [{"timestamp": "2026-11-21T08:29:59Z", "int_value": 1}]}}],
              "spec": {"has_cpu": true, "has_network": true, "has_diskio": true, "custom_metrics": [
                 {"name": "queue", "type": "gauge", "format": "int"},
                 {"name": "share", "type": "gauge", "format": "float"},
                 {"name": "odd", "type": "other", "format": "int"}]}}}
            """);
        Entity node = reading.entities().get(0);

        assertThat(value(node, CPU_USAGE)).isEqualTo(2);
        assertThat(value(node, CPU_LOAD)).isEqualTo(5);
        assertThat(value(node, NETWORK_TX_ERRORS)).as("no interfaces listed").isEqualTo(8);
        assertThat(value(node, "/dev/sda", DISK_IO_WRITE_BYTES)).isEqualTo(20);
        assertThat(value(node, "8:16", DISK_IO_READ_BYTES)).isEqualTo(11);
        Labels accelerator = Labels.of("make", "nvidia", "model", "k80", "accelerator_id", "g1");
        assertThat(node.resource(accelerator).longOr(ACCELERATOR_DUTY_CYCLE, 0)).isEqualTo(12);
        assertThat(node.samples().toString()).contains("custom/queue=9").contains("custom/share=0.5");
        assertThat(reading.warnings()).containsExactly("custom_metric: odd");
    }

    @Test
    void whatHasNoStatsOrNoNameCostsItselfOnly() throws Exception {
        Reading reading = decode("""
            {"/a": {"name": "/a", "spec": {"has_cpu": true}, "stats": []},
             "/b": null, "/c": 3, "/d": {"stats": [{}]},
             "/e": {"name": "/e", "stats": [{"cpu": {"usage": 3}, "memory": [], "filesystem": {}, "diskio": 1}]}}
            """);

        assertThat(reading.entities()).extracting(Entity::key).containsExactly("node:test", "node:test/container:e");
        assertThat(reading.warnings()).contains("no_name: container", "wrong_type: usage");
    }

    @Test
    void whatIsNoMapOfContainersFailsWithDecode() {
        for (String document : List.of("", "[]", "null", "{\"/\": {", "<html>")) {
            assertThatThrownBy(() -> decode(document))
                    .isInstanceOfSatisfying(ScrapeException.class, e -> assertThat(e.reason())
                            .isEqualTo(ScrapeException.Reason.DECODE));
        }
    }

    @Test
    void aMutatedDocumentNeitherCrashesNorHangs() {
        byte[] document = recorded(2);
        Random random = new Random(7);
        ContainersDecoder decoder = new ContainersDecoder();
        for (int i = 0; i < 300; i++) {
            byte[] mutant = Arrays.copyOf(document, i % 3 == 0 ? random.nextInt(document.length) : document.length);
            for (int flips = random.nextInt(20); flips >= 0 && mutant.length > 0; flips--) {
                mutant[random.nextInt(mutant.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(128) : "{}[]\",:".charAt(random.nextInt(7)));
            }
            try {
                assertThat(decoder.decode(mutant, mutant.length, NODE, ANSWERED).entities())
                        .isNotEmpty();
            } catch (ScrapeException e) {
                assertThat(e.reason()).isEqualTo(ScrapeException.Reason.DECODE);
            }
        }
    }
}
