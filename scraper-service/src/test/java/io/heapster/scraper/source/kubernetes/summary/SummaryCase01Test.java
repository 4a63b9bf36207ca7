package io.heapster.scraper.source.kubernetes.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Heapster's own test of its decoder, as data. */
class SummaryCase01Test {
    private static final JsonNode CASE = Documents.tree(Documents.resource("01-summary-decode.json"));

    @Test
    void givesHeapstersEntitiesTimesAndValues() throws Exception {
        JsonNode info = CASE.at("/input/nodeInfo");
        Labels labels = Labels.of(
                "nodename", info.get("nodeName").asText(),
                "hostname", info.get("hostName").asText(),
                "host_id", info.get("hostId").asText());
        byte[] document = Documents.JACKSON.writeValueAsBytes(CASE.at("/input/summary"));

        Reading reading = new SummaryDecoder().decode(document, document.length, labels, Documents.ANSWERED);

        Map<String, Entity> entities = Documents.byKey(reading);
        JsonNode expected = CASE.at("/expected/sets");
        assertThat(reading.warnings()).isEmpty();
        assertThat(entities).hasSameSizeAs(reading.entities());
        assertThat(entities.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        expected.properties().stream().map(Map.Entry::getKey).toList());
        expected.properties().forEach(set -> {
            Entity entity = Documents.entity(reading, set.getKey());
            assertThat(entity.type().label())
                    .isEqualTo(set.getValue().get("type").asText());
            assertThat(entity.label("nodename")).isEqualTo("test");
            assertThat(entity.label("hostname")).isEqualTo("test-hostname");
            assertThat(entity.label("host_id")).isEqualTo("1234567890");
            assertTimes(entity, set.getValue());
            assertValues(entity, set.getValue());
        });
    }

    private static void assertTimes(Entity entity, JsonNode set) {
        assertThat(entity.startMillis()).as(entity.key()).isEqualTo(millis(set.get("collectionStartTime"), entity));
        if (set.has("scrapeTime") && entity.measuredMillis() != 0) {
            assertThat(entity.measuredMillis()).as(entity.key()).isEqualTo(millis(set.get("scrapeTime"), entity));
        }
    }

    private static long millis(JsonNode time, Entity entity) {
        return time == null
                ? entity.startMillis()
                : Instant.parse(time.asText()).toEpochMilli();
    }

    private static void assertValues(Entity entity, JsonNode set) {
        Map<String, Number> values = Documents.values(entity);
        set.get("metrics").properties().forEach(metric -> assertThat(values)
                .containsEntry(metric.getKey(), metric.getValue().longValue()));
        for (JsonNode labelled : set.get("labeled")) {
            Labels labels = Labels.of(Documents.JACKSON.convertValue(
                    labelled.get("labels"),
                    new com.fasterxml.jackson.core.type.TypeReference<Map<String, String>>() {}));
            assertThat(values)
                    .containsEntry(
                            labelled.get("name").asText() + "{" + labels + "}",
                            labelled.get("value").longValue());
        }
        if (set.get("labeled").isEmpty()) {
            assertThat(entity.resources()).as(entity.key()).isEmpty();
        }
    }
}
