package io.heapster.scraper.source.kubernetes.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.EventRecord.InvolvedObject;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final int LIMIT = 64 * 1_024;
    private final EventReader reader = new EventReader("lab", LIMIT);

    private static List<GenericKubernetesResource> recorded(String version) throws IOException {
        String path = "/kubernetes/" + version + "/events.json";
        try (InputStream in = Objects.requireNonNull(EventReaderTest.class.getResourceAsStream(path), path)) {
            return Serialization.unmarshal(in, GenericKubernetesResourceList.class)
                    .getItems();
        }
    }

    private static GenericKubernetesResource event(String json) {
        return Serialization.unmarshal(json, GenericKubernetesResource.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.20.2", "v1.36.2"})
    void everyRecordedEventIsRead(String version) throws Exception {
        List<GenericKubernetesResource> events = recorded(version);
        assertThat(events).hasSize(67);
        for (GenericKubernetesResource event : events) {
            EventRecord record = reader.read(event);

            assertThat(record.cluster()).isEqualTo("lab");
            assertThat(record.uid()).hasSize(36);
            assertThat(record.resourceVersion()).isPositive();
            assertThat(record.involved().kind()).isNotEmpty();
            assertThat(record.involved().name()).isNotEmpty();
            assertThat(record.type()).isIn("Normal", "Warning");
            assertThat(record.reason()).isNotEmpty();
            assertThat(record.message()).isNotEmpty();
            assertThat(record.component()).isNotEmpty();
            assertThat(record.firstMillis())
                    .isLessThanOrEqualTo(record.lastMillis())
                    .isGreaterThan(1_700_000_000_000L);
            assertThat(record.count()).isPositive();
            assertThat(record.isReduced()).isFalse();
            JsonObject json = new JsonObject(record.json());
            assertThat(json.getString("kind")).isEqualTo("Event");
            assertThat(json.getJsonObject("metadata").getString("uid")).isEqualTo(record.uid());
            assertThat(json.getJsonObject("metadata").containsKey("managedFields"))
                    .isFalse();
            assertThat(json.getString("message")).isEqualTo(record.message());
        }
    }

    @Test
    void anEventOfTheNewFormHasTimeAndComponentToo() throws Exception {
        EventRecord scheduled = reader.read(recorded("v1.36.2").get(0));

        assertThat(scheduled.component()).isEqualTo("default-scheduler");
        assertThat(scheduled.host()).isEmpty();
        assertThat(Instant.ofEpochMilli(scheduled.lastMillis())).isEqualTo("2026-11-21T08:42:04.495Z");
        assertThat(scheduled.firstMillis()).isEqualTo(scheduled.lastMillis());
        assertThat(scheduled.count()).isEqualTo(1);
        assertThat(scheduled.involved())
                .isEqualTo(new InvolvedObject("Pod", "batch", "memhog", "ead569a6-e7c2-4888-9ff7-25ee8f86341d"));
        assertThat(scheduled.recordKey()).isEqualTo("lab/Pod/batch/memhog");

        EventRecord series = reader.read(event("""
                {"metadata":{"uid":"u","resourceVersion":"7"},"eventTime":"2026-11-21T08:00:00.5Z",
                 "series":{"count":12,"lastObservedTime":"2026-11-21T09:00:00.000000Z"}}"""));
        assertThat(series.count()).isEqualTo(12);
        assertThat(Instant.ofEpochMilli(series.firstMillis())).isEqualTo("2026-11-21T08:00:00.5Z");
        assertThat(Instant.ofEpochMilli(series.lastMillis())).isEqualTo("2026-11-21T09:00:00Z");
    }

    @Test
    void aTextTooLongIsReducedToAJsonThatIsWholeAndSaysSo() throws Exception {
        String rocket = "🚀";
        EventRecord record = reader.read(event("""
                {"metadata":{"name":"n","namespace":"shop","uid":"u","resourceVersion":"7",
                  "creationTimestamp":"2026-11-21T08:00:00Z"},
                 "involvedObject":{"kind":"Pod","name":"p"},"reason":"R","message":"%s"}""".formatted("x" + rocket.repeat(LIMIT / 4))));

        assertThat(record.isReduced()).isTrue();
        assertThat(record.fullJsonBytes()).isGreaterThan(LIMIT);
        assertThat(record.json().getBytes(UTF_8).length).isLessThan(LIMIT);
        JsonObject json = new JsonObject(record.json());
        assertThat(json.getString("message"))
                .isEqualTo(record.message())
                .startsWith("x" + rocket)
                .endsWith(rocket);
        assertThat(json.getString("reason")).isEqualTo("R");
        assertThat(json.getJsonObject("metadata").getString("resourceVersion")).isEqualTo("7");
        assertThat(json.getJsonObject("metadata").getJsonObject("annotations").getString("heapster.io/reduced"))
                .contains("of " + record.fullJsonBytes() + " bytes");
        assertThat(json.getString("lastTimestamp")).isEqualTo("2026-11-21T08:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"metadata\":{\"resourceVersion\":\"7\",\"creationTimestamp\":\"2026-11-21T08:00:00Z\"}}",
                "{\"metadata\":{\"uid\":\"u\",\"creationTimestamp\":\"2026-11-21T08:00:00Z\"}}",
                "{\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"a7\",\"creationTimestamp\":\"2026-11-21T08:00:00Z\"}}",
                "{\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"-7\",\"creationTimestamp\":\"2026-11-21T08:00:00Z\"}}",
                "{\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"7\",\"creationTimestamp\":\"yesterday\"}}",
                "{\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"7\"},\"lastTimestamp\":17,\"count\":\"many\"}"
            })
    void withoutUidVersionOrTimeThereIsNoRecord(String json) {
        assertThatThrownBy(() -> reader.read(event(json))).isInstanceOf(MalformedObjectException.class);
    }
}
