package io.heapster.scraper.source.kubernetes.summary;

import static io.heapster.scraper.source.kubernetes.summary.Documents.entity;
import static io.heapster.scraper.source.kubernetes.summary.Documents.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.scraper.source.Reading;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real kubelets sent. */
class RecordedSummaryTest {
    @ParameterizedTest
    @CsvSource({
        "v1.20.2/stats-summary.1.json, 3, 7, 9",
        "v1.20.2/stats-summary.2.json, 3, 5, 7",
        "v1.36.2/stats-summary.1.json, 3, 5, 7",
        "v1.36.2/stats-summary.2.json, 3, 5, 7",
    })
    void hasEveryEntityOfTheDocument(String document, int systemContainers, int pods, int containers) {
        Reading reading = Documents.decode(Documents.resource(document));

        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.entities().get(0).type()).isEqualTo(EntityType.NODE);
        assertThat(count(reading, EntityType.SYSTEM_CONTAINER)).isEqualTo(systemContainers);
        assertThat(count(reading, EntityType.POD)).isEqualTo(pods);
        assertThat(count(reading, EntityType.POD_CONTAINER)).isEqualTo(containers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1.20.2/stats-summary.1.json",
                "v1.20.2/stats-summary.2.json",
                "v1.20.2/stats-summary-cpu-and-memory.1.json",
                "v1.36.2/stats-summary.1.json",
                "v1.36.2/stats-summary.2.json",
                "v1.36.2/stats-summary-cpu-and-memory.1.json"
            })
    void agreesWithTheOracleInEveryFigure(String name) {
        byte[] document = Documents.resource(name);

        assertThat(withTimes(Documents.decode(document))).isEqualTo(SummaryOracle.values(Documents.tree(document)));
    }

    @Test
    void readsTheFiguresOfTheNewerFields() {
        Reading reading = Documents.decode(Documents.resource("v1.36.2/stats-summary.1.json"));

        Entity node = reading.entities().get(0);
        assertThat(values(node))
                .containsEntry("cpu/usage", 5_931_049_895_920L)
                .containsEntry("cpu/psi_some", 0L)
                .containsEntry("cpu/psi_some_avg10", 0.0)
                .containsEntry("io/psi_full", 0L)
                .containsEntry("memory/working_set", 10_424_270_848L)
                .containsEntry("memory/available", 14_852_239_360L)
                .containsEntry("network/rx", 90_394L)
                .containsEntry("filesystem/usage{resource_id:/}", 47_626_670_080L)
                .containsEntry("filesystem/inodes_free{resource_id:/}", 15_997_762L)
                .containsEntry("ephemeral_storage/usage", 47_626_670_080L)
                .containsEntry("uptime", (63 * 60 + 49) * 1000L);
        assertThat(node.measuredMillis())
                .isEqualTo(Instant.parse("2026-11-21T08:43:06Z").toEpochMilli());
        assertThat(node.startMillis())
                .isEqualTo(Instant.parse("2026-11-21T07:39:17Z").toEpochMilli());

        Entity kubelet = entity(reading, "node:node-1/container:kubelet");
        assertThat(values(kubelet)).containsEntry("cpu/usage", 1_758_619_721L).containsEntry("swap/usage", 0L);
        assertThat(kubelet.resources()).isEmpty();
        assertThat(Documents.byKey(reading)).containsKey("node:node-1/container:docker-daemon");
    }

    @Test
    void labelsPodsAndContainersAndKeepsThemTogether() {
        Reading reading = Documents.decode(Documents.resource("v1.36.2/stats-summary.2.json"));

        Entity pod = null;
        for (Entity entity : reading.entities()) {
            assertThat(entity.label("nodename")).isEqualTo("node-1");
            assertThat(entity.label("host_id")).isEqualTo("h-1");
            if (entity.type() == EntityType.POD) {
                pod = entity;
                assertThat(entity.label("pod_id")).hasSizeGreaterThan(30);
            } else if (entity.type() == EntityType.POD_CONTAINER) {
                assertThat(pod).isNotNull();
                assertThat(entity.labels().with("container_name", "")).isEqualTo(pod == null ? null : pod.labels());
            }
        }
        assertThat(values(entity(reading, "namespace:batch/pod:memhog")))
                .containsKeys("cpu/usage", "memory/working_set", "network/rx", "ephemeral_storage/usage");
    }

    @Test
    void everyTruncationIsADecodeFailure() throws Exception {
        byte[] document = Documents.resource("v1.20.2/stats-summary.1.json");
        int whole = document.length;
        while (Character.isWhitespace(document[whole - 1])) {
            whole--;
        }
        SummaryDecoder decoder = new SummaryDecoder();
        for (int length = 0; length < whole; length++) {
            DecodeFailures.assertFails(decoder, Arrays.copyOf(document, length));
        }
        assertThat(decoder.decode(document, document.length, Documents.NODE, Documents.ANSWERED)
                        .entities())
                .hasSize(20);
    }

    private static long count(Reading reading, EntityType type) {
        return reading.entities().stream()
                .filter(entity -> entity.type() == type)
                .count();
    }

    static Map<String, Map<String, Number>> withTimes(Reading reading) {
        Map<String, Map<String, Number>> all = new LinkedHashMap<>();
        for (Entity entity : reading.entities()) {
            Map<String, Number> values = new TreeMap<>(values(entity));
            values.put("@start", entity.startMillis());
            values.put("@measured", entity.measuredMillis());
            values.put("@network", entity.networkMeasuredMillis());
            assertThat(all.put(entity.key(), values)).isNull();
        }
        return all;
    }
}
